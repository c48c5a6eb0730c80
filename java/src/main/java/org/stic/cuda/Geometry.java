package org.stic.cuda;

/**
 * How a kernel's blocks cover its work; stated beside the kernel in its source and read from the
 * loaded module. Block (i, j, k) works on the extents from (i tileX, j tileY, k tileZ) on, cut at
 * the work's end.
 *
 * @param threads threads per block
 * @param tileX work units per block along x
 * @param tileY work units per block along y
 * @param tileZ work units per block along z
 */
public record Geometry(int threads, int tileX, int tileY, int tileZ) {

  public Geometry {
    if (threads < 1 || tileX < 1 || tileY < 1 || tileZ < 1) {
      throw new IllegalArgumentException(
          "geometry must be positive: %d threads, tile %d x %d x %d"
              .formatted(threads, tileX, tileY, tileZ));
    }
  }

  /** Blocks that cover {@code extent} units along x. */
  public long gridX(long extent) {
    return Math.ceilDiv(extent, tileX);
  }

  /** Blocks that cover {@code extent} units along y. */
  public long gridY(long extent) {
    return Math.ceilDiv(extent, tileY);
  }

  /** Blocks that cover {@code extent} units along z. */
  public long gridZ(long extent) {
    return Math.ceilDiv(extent, tileZ);
  }
}
