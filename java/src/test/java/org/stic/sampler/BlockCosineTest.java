package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** The input's maps: an orthonormal basis of each block, scaled to unit size on real images. */
class BlockCosineTest {
  private static final int CHANNELS = 3;
  private static final Shape IMAGE = Shape.of(CHANNELS, 10, 8);
  private static final int IMAGES = 20;

  @Test
  void theFiltersAreOrthonormal() {
    float[] filters = BlockCosine.unitFilter(CHANNELS);
    int maps = 16 * CHANNELS;
    int length = filters.length / maps;
    for (int a = 0; a < maps; a++) {
      for (int b = 0; b < maps; b++) {
        double product = 0;
        for (int i = 0; i < length; i++) {
          product += (double) filters[a * length + i] * filters[b * length + i];
        }
        assertEquals(a == b ? 1 : 0, product, 1e-6, a + ", " + b);
      }
    }
  }

  /** Frequency (0, 0) of a block is four times its mean. */
  @Test
  void theFirstMapOfAChannelIsItsBlockMean() {
    float[] filters = BlockCosine.unitFilter(CHANNELS);
    int perMap = CHANNELS * 16;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < perMap; i++) {
        float expected = i / 16 == channel ? .25f : 0;
        assertEquals(expected, filters[channel * 16 * perMap + i], 1e-6f);
      }
    }
  }

  @Test
  void mapsOfRealImagesHaveUnitSize() {
    Random random = new Random(3);
    float[] images = new float[IMAGES * IMAGE.intElements()];
    for (int index = 0; index < images.length; index++) {
      images[index] = (float) (.3 * random.nextGaussian() + index / 80 % CHANNELS * .2);
    }
    try (Device device = TestDevice.open();
        BlockCosine cosine = new BlockCosine(device, IMAGE, images)) {
      Graph graph = new Graph();
      Tensor batch = graph.input("images", Shape.of(IMAGES, CHANNELS, 10, 8));
      graph.output("maps", cosine.of(batch));
      try (Program program = Program.compile(device, graph)) {
        program.set("images", images);
        program.run();
        requireUnitSize(program.get("maps"), cosine.maps());
      }
    }
  }

  private static void requireUnitSize(float[] values, int maps) {
    int positions = values.length / IMAGES / maps;
    double[] squares = new double[maps];
    for (int index = 0; index < values.length; index++) {
      squares[index / positions % maps] += (double) values[index] * values[index];
    }
    for (int map = 0; map < maps; map++) {
      assertEquals(1, squares[map] / (IMAGES * positions), 1e-4, "map " + map);
    }
  }
}
