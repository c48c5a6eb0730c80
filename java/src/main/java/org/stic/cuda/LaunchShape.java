package org.stic.cuda;

/**
 * What the driver is told about one launch besides its arguments.
 *
 * @param kernel name of the kernel
 * @param gridX blocks along x
 * @param gridY blocks along y
 * @param gridZ blocks along z
 * @param threads threads per block; blocks are one-dimensional
 * @param sharedBytes dynamic shared memory per block
 */
public record LaunchShape(
    String kernel, int gridX, int gridY, int gridZ, int threads, int sharedBytes) {

  /**
   * The launch of a kernel without dynamic shared memory that covers a work extent by its tiles.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the device's limits do not allow
   *     the launch
   */
  static LaunchShape covering(
      String kernel, Geometry geometry, long x, long y, long z, DeviceProperties limits) {
    return covering(new Kernel(kernel, geometry, 0, 0), x, y, z, limits);
  }

  /** The same with the shared memory that the kernel needs. */
  static LaunchShape covering(Kernel found, long x, long y, long z, DeviceProperties limits) {
    String kernel = found.name();
    Geometry geometry = found.geometry();
    requirePositive(kernel, x, y, z);
    int gridX = within(kernel, "x", geometry.gridX(x), limits.maxGridX());
    int gridY = within(kernel, "y", geometry.gridY(y), limits.maxGridY());
    int gridZ = within(kernel, "z", geometry.gridZ(z), limits.maxGridZ());
    int threads = geometry.threads();
    if (threads > limits.maxThreadsPerBlock()) {
      throw new IllegalArgumentException(
          "kernel %s: %d threads per block, but %s allows %d"
              .formatted(kernel, threads, limits.name(), limits.maxThreadsPerBlock()));
    }
    return new LaunchShape(kernel, gridX, gridY, gridZ, threads, found.sharedBytes());
  }

  private static void requirePositive(String kernel, long x, long y, long z) {
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException(
          "kernel %s: work extents must be at least 1, not %d x %d x %d"
              .formatted(kernel, x, y, z));
    }
  }

  private static int within(String kernel, String axis, long blocks, int limit) {
    if (blocks > limit) {
      throw new IllegalArgumentException(
          "kernel %s: %d blocks along %s, but the device allows %d"
              .formatted(kernel, blocks, axis, limit));
    }
    return (int) blocks;
  }

  @Override
  public String toString() {
    return "%s grid %dx%dx%d block %d shared %d bytes"
        .formatted(kernel, gridX, gridY, gridZ, threads, sharedBytes);
  }
}
