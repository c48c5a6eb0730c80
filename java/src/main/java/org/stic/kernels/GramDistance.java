package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/**
 * The squared distance of Gram matrices from their targets, straight from the feature maps;
 * kernels/gram/gram_distance.cu. Maps are {@code [batch][channels][positions]}. Targets are
 * symmetric matrices {@code [batch][channels][channels]}, of which the half on and above the
 * diagonal is read.
 */
public final class GramDistance {
  /** Side of the tiles that add up their part of a distance; gram::TILE. */
  private static final int TILE = 64;

  private GramDistance() {}

  /** Elements on and above the diagonal of a matrix. */
  public static long halfElements(int channels) {
    return (long) channels * (channels + 1) / 2;
  }

  /** Bytes of workspace that {@link #value} needs; 0 where a matrix is one tile. */
  public static long workspace(int batch, int channels) {
    return tiles(channels) == 1 ? 0 : (long) Float.BYTES * batch * tiles(channels);
  }

  private static int tiles(int channels) {
    int side = Math.ceilDiv(channels, TILE);
    return Math.multiplyExact(side, side);
  }

  /**
   * {@code distance[b] = ||D[b]||²} with the differences {@code D[b] = scale F[b] F[b]ᵀ - T[b]}.
   *
   * @param distance floats [batch]
   * @param half floats [batch, {@link #halfElements}], written: D on and above the diagonal, row
   *     after row; 0 if it is not wanted
   * @param features F
   * @param target T
   * @param workspace {@link #workspace} bytes
   */
  public static List<KernelCall> value(
      long distance,
      long half,
      long features,
      long target,
      long workspace,
      int batch,
      int channels,
      int positions,
      float scale) {
    requireMaps(batch, channels, positions);
    int tiles = tiles(channels);
    long halves = batch * halfElements(channels);
    KernelCall parts =
        new KernelCall(
            "gram_distance",
            channels,
            channels,
            batch,
            List.of(
                pointer(tiles == 1 ? distance : workspace),
                pointer(half),
                pointer(features),
                pointer(target),
                integer(channels),
                integer(positions),
                real(scale)),
            Cost.ofFloats(
                (long) batch * channels * positions + (half == 0 ? 1 : 2) * halves + batch,
                2 * halves * positions));
    return tiles == 1
        ? List.of(parts)
        : List.of(parts, Reduction.sum(distance, workspace, batch, tiles, 1, 1));
  }

  /**
   * {@code dF[b] = 4 scale upstream[b] D[b] F[b]}, the gradient of {@link #value} by the maps.
   *
   * @param featuresGradient dF
   * @param upstream floats [batch]: the gradient of the result by each distance
   * @param half the differences that the value wrote
   * @param features F
   */
  public static KernelCall gradient(
      long featuresGradient,
      long upstream,
      long half,
      long features,
      int batch,
      int channels,
      int positions,
      float scale) {
    requireMaps(batch, channels, positions);
    long map = (long) batch * channels * positions;
    return new KernelCall(
        "gram_distance_gradient",
        positions,
        channels,
        batch,
        List.of(
            pointer(featuresGradient),
            pointer(upstream),
            pointer(half),
            pointer(features),
            integer(channels),
            integer(positions),
            real(scale)),
        Cost.ofFloats(2 * map + batch * halfElements(channels) + batch, 2 * map * channels));
  }

  private static void requireMaps(int batch, int channels, int positions) {
    Sizes.positive("batch", batch);
    Sizes.indexable("feature map", channels, Sizes.positive("positions", positions));
    Sizes.indexable("Gram matrix", Sizes.positive("channels", channels), channels);
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "gram_distance",
            "gram",
            "distance[b] = ||D[b]||², D[b] = scale F[b] F[b]ᵀ - T[b]",
            "4 (|F| + |T| / 2 + |D| / 2) B, |T| positions",
            Tolerance::ofSum),
        new KernelDescription(
            "gram_distance_gradient",
            "gram",
            "dF[b] = 4 scale u[b] D[b] F[b]",
            "4 (2 |F| + |D| / 2) B, 2 |F| channels",
            Tolerance::ofSum));
  }
}
