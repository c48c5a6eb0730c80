package org.stic.cuda;

/** An allocation did not fit into the device's memory. */
public final class OutOfDeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final long MEBIBYTE = 1 << 20;

  private final long requestedBytes;
  private final long freeBytes;

  OutOfDeviceMemoryException(long requestedBytes, long freeBytes) {
    super(
        "out of device memory: %s requested, %s free"
            .formatted(size(requestedBytes), size(freeBytes)));
    this.requestedBytes = requestedBytes;
    this.freeBytes = freeBytes;
  }

  private static String size(long bytes) {
    return bytes < MEBIBYTE
        ? "%,d bytes".formatted(bytes)
        : "%,.1f MiB".formatted((double) bytes / MEBIBYTE);
  }

  /** Size of the allocation that failed. */
  public long requestedBytes() {
    return requestedBytes;
  }

  /** Free device memory as the driver stated it after the failure; fragments may be smaller. */
  public long freeBytes() {
    return freeBytes;
  }
}
