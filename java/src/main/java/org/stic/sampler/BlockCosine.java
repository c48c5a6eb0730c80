package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * The input as a layer for Gram matrices: the orthonormal 4 x 4 cosine transform (DCT-II) of each
 * colour channel at stride 2 without padding, 16 maps a channel, each divided by its
 * root-mean-square over real images. A convolution with a fixed filter. Owns the filter's memory.
 */
public final class BlockCosine implements AutoCloseable {
  /** Side of a block. */
  static final int SIDE = 4;

  /** Pixels from block to block. */
  static final int STRIDE = 2;

  private static final int FUNCTIONS = SIDE * SIDE;
  private static final double LEAST_RELATIVE_SCALE = 1e-3;

  private final int channels;
  private final Variable filter;

  /**
   * Measures the maps' scales.
   *
   * @param image shape of one image, [channels, height, width], at least 4 pixels a side
   * @param images real images, one after another, in [-1, 1]
   */
  public BlockCosine(Device device, Shape image, float[] images) {
    channels = image.dim(0);
    filter =
        Variable.allocate(
            device, "block-cosine", Shape.of(channels * FUNCTIONS, channels, SIDE, SIDE));
    float[] unit = unitFilter(channels);
    filter.upload(unit);
    filter.upload(divided(unit, scales(device, image, images)));
  }

  /** Number of maps. */
  int maps() {
    return channels * FUNCTIONS;
  }

  /** The maps of images [N, channels, height, width]. */
  Tensor of(Tensor images) {
    return ImageOps.convolution(images, images.graph().read(filter), null, STRIDE, 0);
  }

  /** The basis functions as filters: function f of channel c sees channel c alone. */
  static float[] unitFilter(int channels) {
    float[] weights = new float[channels * FUNCTIONS * channels * FUNCTIONS];
    for (int map = 0; map < channels * FUNCTIONS; map++) {
      int start = (map * channels + map / FUNCTIONS) * FUNCTIONS;
      for (int pixel = 0; pixel < FUNCTIONS; pixel++) {
        double rows = cosine(map % FUNCTIONS / SIDE, pixel / SIDE);
        weights[start + pixel] = (float) (rows * cosine(map % SIDE, pixel % SIDE));
      }
    }
    return weights;
  }

  /** {@code sqrt(2/4) cos(pi (2 place + 1) frequency / 8)}, and half of it at frequency 0. */
  private static double cosine(int frequency, int place) {
    double norm = frequency == 0 ? Math.sqrt(1.0 / SIDE) : Math.sqrt(2.0 / SIDE);
    return norm * Math.cos(Math.PI * (2 * place + 1) * frequency / (2.0 * SIDE));
  }

  /** Root-mean-square of each map over the images. */
  private double[] scales(Device device, Shape image, float[] images) {
    int count = images.length / image.intElements();
    Graph graph = new Graph();
    Tensor batch = graph.input("images", Shape.of(count, channels, image.dim(1), image.dim(2)));
    graph.output("mean-squares", Ops.mean(Ops.square(of(batch)), 0, 2, 3));
    try (Program program = Program.compile(device, graph)) {
      program.set("images", images);
      program.run();
      float[] squares = program.get("mean-squares");
      double[] scales = new double[squares.length];
      double largest = 0;
      for (int map = 0; map < scales.length; map++) {
        scales[map] = Math.sqrt(squares[map]);
        largest = Math.max(largest, scales[map]);
      }
      return floored(scales, largest);
    }
  }

  /** A map that real images hardly use must not become the loudest of all. */
  private static double[] floored(double[] scales, double largest) {
    double least = largest > 0 ? LEAST_RELATIVE_SCALE * largest : 1;
    for (int map = 0; map < scales.length; map++) {
      scales[map] = Math.max(scales[map], least);
    }
    return scales;
  }

  private static float[] divided(float[] filter, double[] scales) {
    int perMap = filter.length / scales.length;
    float[] divided = new float[filter.length];
    for (int index = 0; index < filter.length; index++) {
      divided[index] = (float) (filter[index] / scales[index / perMap]);
    }
    return divided;
  }

  @Override
  public void close() {
    filter.close();
  }
}
