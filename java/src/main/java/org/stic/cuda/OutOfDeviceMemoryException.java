package org.stic.cuda;

/** An allocation did not fit into the device's memory. */
public final class OutOfDeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long requestedBytes;
  private final long freeBytes;

  OutOfDeviceMemoryException(long requestedBytes, long freeBytes) {
    super("out of device memory: %d bytes requested, %d free".formatted(requestedBytes, freeBytes));
    this.requestedBytes = requestedBytes;
    this.freeBytes = freeBytes;
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
