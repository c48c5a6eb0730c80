package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Shape;
import org.stic.random.Purpose;

/** Canvases of a class: the moments of its coarse images, and their interpolation. */
class ClassGaussianCanvasTest {
  private static final Shape IMAGE = Shape.of(2, 8, 6);
  private static final CoarseGrid GRID = CoarseGrid.of(IMAGE);
  private static final int ELEMENTS = IMAGE.intElements();
  private static final int IMAGES = 300;
  private static final int DRAWS = 20_000;

  private final Device device = TestDevice.open();

  @AfterEach
  void close() {
    device.close();
  }

  /** Two classes of correlated images; those of class 1 are the brighter ones. */
  private static final class Examples implements ClassImages {
    private final float[][] images = new float[2 * IMAGES][ELEMENTS];

    Examples() {
      Random random = new Random(8);
      for (int image = 0; image < images.length; image++) {
        double light = .2 * random.nextGaussian() + (image < IMAGES ? -.3 : .3);
        double slope = .1 * random.nextGaussian();
        for (int pixel = 0; pixel < ELEMENTS; pixel++) {
          double value = light + slope * (pixel % 6 - 2.5) + .05 * random.nextGaussian();
          images[image][pixel] = (float) Math.clamp(value, -1, 1);
        }
      }
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int count(int label) {
      return IMAGES;
    }

    @Override
    public void read(int label, int index, float[] target, int offset) {
      System.arraycopy(images[label * IMAGES + index], 0, target, offset, ELEMENTS);
    }

    /** Averages of 2 x 2 pixels, image by image. */
    double[][] coarse(int label) {
      double[][] rows = new double[IMAGES][GRID.elements()];
      for (int image = 0; image < IMAGES; image++) {
        for (int pixel = 0; pixel < ELEMENTS; pixel++) {
          int cell = pixel / 48 * 12 + pixel / 6 % 8 / 2 * 3 + pixel % 6 / 2;
          rows[image][cell] += images[label * IMAGES + image][pixel] / 4.0;
        }
      }
      return rows;
    }
  }

  @Test
  void drawsHaveTheClassesMeanAndCovariance() {
    Examples examples = new Examples();
    for (int label = 0; label < 2; label++) {
      ClassGaussian fitted = ClassGaussian.of(device, examples, label, GRID);
      Random random = new Random(4);
      double[][] draws = new double[DRAWS][GRID.elements()];
      for (double[] draw : draws) {
        float[] grid = new float[GRID.elements()];
        fitted.addDraw(random, 1, grid);
        for (int i = 0; i < draw.length; i++) {
          draw[i] = grid[i];
        }
      }
      requireSameMoments(examples.coarse(label), draws);
    }
  }

  private static void requireSameMoments(double[][] expected, double[][] drawn) {
    double[] mean = mean(expected);
    double[] drawnMean = mean(drawn);
    for (int i = 0; i < mean.length; i++) {
      assertEquals(mean[i], drawnMean[i], 5 * Math.sqrt(covariance(expected, mean, i, i) / DRAWS));
      for (int j = 0; j <= i; j++) {
        double wanted = covariance(expected, mean, i, j) + (i == j ? 1e-4 : 0);
        double scale =
            Math.sqrt(covariance(expected, mean, i, i) * covariance(expected, mean, j, j));
        double error = 5 * scale * Math.sqrt(2.0 / DRAWS) + 1e-4;
        assertEquals(wanted, covariance(drawn, drawnMean, i, j), error, i + ", " + j);
      }
    }
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  private static double covariance(double[][] rows, double[] mean, int i, int j) {
    double sum = 0;
    for (double[] row : rows) {
      sum += (row[i] - mean[i]) * (row[j] - mean[j]);
    }
    return sum / rows.length;
  }

  /** A cubic through a straight line is the line; so is its average. */
  @Test
  void interpolationKeepsFlatAndEvenSlopesInside() {
    CoarseGrid grid = new CoarseGrid(Shape.of(1, 16, 16), 2);
    float[] coarse = new float[64];
    for (int cell = 0; cell < 64; cell++) {
      int row = cell / 8;
      coarse[cell] = .1f * row - .05f * (cell % 8);
    }
    float[] fine = new float[256];
    grid.interpolate(coarse, fine, 0);
    for (int pixel = 0; pixel < 256; pixel++) {
      int y = pixel / 16;
      double row = (y + .5) / 2 - .5;
      double column = (pixel % 16 + .5) / 2 - .5;
      boolean inside = row > 2 && row < 5 && column > 2 && column < 5;
      if (inside) {
        assertEquals(.1 * row - .05 * column, fine[pixel], .012, "pixel " + pixel);
      }
    }
    float[] back = new float[64];
    grid.average(fine, back, 0);
    assertEquals(coarse[27], back[27], 1e-5);
    float[] flat = new float[256];
    java.util.Arrays.fill(coarse, .25f);
    grid.interpolate(coarse, flat, 0);
    for (float pixel : flat) {
      assertEquals(.25, pixel, 1e-6);
    }
  }

  @Test
  void canvasesAreFunctionsOfTheirKeyAndMixByWeight() {
    ClassGaussianCanvas canvas = new ClassGaussianCanvas(device, new Examples(), IMAGE, 0);
    float[] dark = draw(canvas, 3, 0, 1, 0);
    assertArrayEquals(dark, draw(canvas, 3, 0, 1, 0));
    assertTrue(dark[5] != draw(canvas, 4, 0, 1, 0)[5]);
    assertTrue(dark[5] != draw(canvas, 3, 1, 1, 0)[5]);
    float[] bright = draw(canvas, 3, 0, 0, 1);
    float[] mixed = draw(canvas, 3, 0, .25f, .75f);
    for (int pixel = 0; pixel < ELEMENTS; pixel++) {
      assertEquals(.25 * dark[pixel] + .75 * bright[pixel], mixed[pixel], 1e-5);
    }
  }

  private static float[] draw(Canvas canvas, int number, int attempt, float... weights) {
    float[] pixels = new float[ELEMENTS];
    canvas.fill(new Canvas.Key(1, Purpose.CANVAS, number, attempt), weights, pixels, 0);
    return pixels;
  }

  @Test
  void sidesThatTheWindowDoesNotDivideAreRefused() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> CoarseGrid.of(Shape.of(1, 9, 8)))
            .getMessage()
            .contains("multiples of 2, not 9 x 8"));
  }
}
