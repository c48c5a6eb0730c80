package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/**
 * Gram matrices of feature maps (kernels/gram). Maps are {@code [batch][channels][positions]}, Gram
 * matrices {@code [batch][channels][channels]}.
 */
public final class Gram {
  private Gram() {}

  /** {@code G = scale * F F^T}; computes one half and mirrors it, so G is exactly symmetric. */
  public static KernelCall matrix(
      long gram, long features, int batch, int channels, int positions, float scale) {
    return call(
        "gram_matrix", channels, 1, new Sizes(batch, channels, positions), scale, gram, features);
  }

  /** {@code dF = scale * (D + D^T) F} for a gradient D by G that need not be symmetric. */
  public static KernelCall gradient(
      long featuresGradient,
      long gramGradient,
      long features,
      int batch,
      int channels,
      int positions,
      float scale) {
    return call(
        "gram_gradient",
        positions,
        2,
        new Sizes(batch, channels, positions),
        scale,
        featuresGradient,
        gramGradient,
        features);
  }

  private static KernelCall call(
      String kernel, int columns, int maps, Sizes sizes, float scale, long... addresses) {
    Argument[] arguments = new Argument[addresses.length + 3];
    for (int i = 0; i < addresses.length; i++) {
      arguments[i] = pointer(addresses[i]);
    }
    arguments[addresses.length] = integer(sizes.channels());
    arguments[addresses.length + 1] = integer(sizes.positions());
    arguments[addresses.length + 2] = real(scale);
    long square = (long) sizes.batch() * sizes.channels() * sizes.channels();
    long map = (long) sizes.batch() * sizes.channels() * sizes.positions();
    return new KernelCall(
        kernel,
        columns,
        sizes.channels(),
        sizes.batch(),
        List.of(arguments),
        Cost.ofFloats(square + maps * map, 2 * square * sizes.positions()));
  }

  private record Sizes(int batch, int channels, int positions) {
    Sizes {
      Require.positive("batch", batch);
      Require.positive("channels", channels);
      Require.positive("positions", positions);
      Require.indexable("feature map", channels, positions);
      Require.indexable("Gram matrix", channels, channels);
    }
  }
}
