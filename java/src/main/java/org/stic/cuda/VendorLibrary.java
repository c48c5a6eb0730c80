package org.stic.cuda;

/** Computes dense products and convolutions instead of this program's kernels. */
public interface VendorLibrary extends AutoCloseable {

  /**
   * Prepares a task, so that enqueuing it allocates nothing and may be recorded in a graph.
   *
   * @throws IllegalArgumentException if the library cannot do it in single precision
   */
  DeviceWork prepare(VendorTask task);

  /** Names and versions of the libraries. */
  String description();

  @Override
  void close();
}
