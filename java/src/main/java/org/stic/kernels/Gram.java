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
        "gram_matrix",
        channels,
        1,
        new MapShape(batch, channels, positions),
        scale,
        gram,
        features);
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
        new MapShape(batch, channels, positions),
        scale,
        featuresGradient,
        gramGradient,
        features);
  }

  private static KernelCall call(
      String kernel, int columns, int maps, MapShape shape, float scale, long... addresses) {
    Argument[] arguments = new Argument[addresses.length + 3];
    for (int i = 0; i < addresses.length; i++) {
      arguments[i] = pointer(addresses[i]);
    }
    arguments[addresses.length] = integer(shape.channels());
    arguments[addresses.length + 1] = integer(shape.positions());
    arguments[addresses.length + 2] = real(scale);
    long square = (long) shape.batch() * shape.channels() * shape.channels();
    long map = (long) shape.batch() * shape.channels() * shape.positions();
    return new KernelCall(
        kernel,
        columns,
        shape.channels(),
        shape.batch(),
        List.of(arguments),
        Cost.ofFloats(square + maps * map, 2 * square * shape.positions()));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "gram_matrix",
            "gram",
            "G[b] = scale F[b] F[b]ᵀ",
            "4 (|F| + |G|) B, 2 |G| positions",
            Tolerance::ofSum),
        new KernelDescription(
            "gram_gradient",
            "gram",
            "dF[b] = scale (D[b] + D[b]ᵀ) F[b]",
            "4 (|dF| + |D| + |F|) B, 2 |F| channels",
            Tolerance::ofSum));
  }

  private record MapShape(int batch, int channels, int positions) {
    MapShape {
      Sizes.positive("batch", batch);
      Sizes.positive("channels", channels);
      Sizes.positive("positions", positions);
      Sizes.indexable("feature map", channels, positions);
      Sizes.indexable("Gram matrix", channels, channels);
    }
  }
}
