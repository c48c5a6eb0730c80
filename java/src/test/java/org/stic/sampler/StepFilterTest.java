package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/** The low-pass step against the discrete Fourier transform, written out in double precision. */
class StepFilterTest {
  private static final LowPass FILTER = new LowPass(2, 1.5);
  private static final int CHAINS = 2;
  private static final int CHANNELS = 3;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 10;
  private static final int PIXELS = HEIGHT * WIDTH;
  private static final Shape IMAGES = Shape.of(CHAINS, CHANNELS, HEIGHT, WIDTH);

  private final Device device = TestDevice.open();

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void theGradientIsFiltered() {
    float[] gradient = new float[IMAGES.intElements()];
    Random random = new Random(5);
    for (int index = 0; index < gradient.length; index++) {
      gradient[index] = (float) random.nextGaussian();
    }
    float[] update = update(IMAGES, gradient, .5f, 0, 1);
    for (int map = 0; map < CHAINS * CHANNELS; map++) {
      double[] expected = filtered(gradient, map * PIXELS);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        assertEquals(.5 * expected[pixel], update[map * PIXELS + pixel], 1e-5);
      }
    }
  }

  /** Noise of variance 2 eps T has the gain P(f) at each frequency: here over 3,000 maps. */
  @Test
  void theNoiseHasTheFiltersSpectrum() {
    Shape many = Shape.of(1000, CHANNELS, HEIGHT, WIDTH);
    float[] update = update(many, new float[many.intElements()], .5f, .25f, 1000);
    double[] power = new double[PIXELS];
    int maps = 3000;
    for (int map = 0; map < maps; map++) {
      double[][] spectrum = fourier(update, map * PIXELS);
      for (int f = 0; f < PIXELS; f++) {
        double square = Math.pow(spectrum[0][f], 2) + Math.pow(spectrum[1][f], 2);
        power[f] += square / PIXELS / maps;
      }
    }
    for (int f = 0; f < PIXELS; f++) {
      double expected = 2 * .5 * .25 * gain(f);
      // A power is exponential or chi-squared: its deviation is at most sqrt(2) times its mean.
      double error = 5 * Math.sqrt(2.0 / maps) * expected;
      assertEquals(expected, power[f], error, "frequency " + f);
    }
  }

  private float[] update(Shape shape, float[] gradient, float size, float temperature, int step) {
    Graph graph = new Graph();
    Tensor slope = graph.input("gradient", shape);
    Shape image = Shape.of(shape.dim(1), shape.dim(2), shape.dim(3));
    try (StepFilter filter = new StepFilter(device, FILTER, image);
        Variable counter = Variable.allocateCounters(device, "step", Shape.of(1))) {
      counter.upload(step);
      graph.output("update", filter.update(slope, graph.read(counter), size, temperature, 9));
      try (Program program = Program.compile(device, graph)) {
        program.set("gradient", gradient);
        program.run();
        return program.get("update");
      }
    }
  }

  private static double gain(int place) {
    int rows = Math.min(place / WIDTH, HEIGHT - place / WIDTH);
    int columns = Math.min(place % WIDTH, WIDTH - place % WIDTH);
    return 1.5 / (1 + (rows * rows + columns * columns) / 4.0);
  }

  private static double[] filtered(float[] values, int start) {
    double[][] spectrum = fourier(values, start);
    double[] result = new double[PIXELS];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      for (int f = 0; f < PIXELS; f++) {
        double angle = angle(f, pixel);
        double real = spectrum[0][f] * Math.cos(angle) - spectrum[1][f] * Math.sin(angle);
        result[pixel] += gain(f) * real / PIXELS;
      }
    }
    return result;
  }

  /** Real and imaginary parts. */
  private static double[][] fourier(float[] values, int start) {
    double[][] spectrum = new double[2][PIXELS];
    for (int f = 0; f < PIXELS; f++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        spectrum[0][f] += values[start + pixel] * Math.cos(angle(f, pixel));
        spectrum[1][f] -= values[start + pixel] * Math.sin(angle(f, pixel));
      }
    }
    return spectrum;
  }

  private static double angle(int f, int pixel) {
    int row = f / WIDTH;
    int y = pixel / WIDTH;
    double rows = (double) (row * y) / HEIGHT;
    return 2 * Math.PI * (rows + (double) (f % WIDTH) * (pixel % WIDTH) / WIDTH);
  }

  @Test
  void aLowPassLosesItsGainWithFrequency() {
    assertEquals(1.5, FILTER.at(0, 0));
    assertEquals(.75, FILTER.at(2, 0), 1e-12);
    assertEquals(FILTER.at(1, 3), FILTER.at(3, 1));
    assertTrue(FILTER.at(5, 5) < .12);
  }
}
