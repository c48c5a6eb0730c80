package org.stic.cuda;

/**
 * What a launch asks for beyond its shape; needs a driver of CUDA 11.8 or later.
 *
 * @param clusterX blocks along x that run together on neighbouring multiprocessors; divides the
 *     grid. Above 1 it needs a GPU of capability 9.0.
 * @param programmatic whether the kernel may begin before the one before it in the stream has
 *     ended: it then waits by itself, where it first needs that one's results
 */
public record LaunchAttributes(int clusterX, boolean programmatic) {
  /** Nothing. */
  public static final LaunchAttributes NONE = new LaunchAttributes(1, false);

  /** A kernel that waits by itself for the one before it. */
  public static final LaunchAttributes PROGRAMMATIC = new LaunchAttributes(1, true);

  public LaunchAttributes {
    if (clusterX < 1) {
      throw new IllegalArgumentException("a cluster of %d blocks is empty".formatted(clusterX));
    }
  }
}
