package org.stic.cuda;

/**
 * Something of a device that must be released once. The device keeps track of what is open and
 * releases what is left when it closes itself.
 */
abstract sealed class DeviceResource implements AutoCloseable
    permits DeviceMemory, PinnedMemory, Stream, Event, ExecGraph {
  private final Device device;
  private boolean closed;

  DeviceResource(Device device) {
    this.device = device;
  }

  final Device device() {
    return device;
  }

  /** Fails if this was closed, by itself or with its device. */
  final void requireOpen() {
    if (closed) {
      throw new IllegalStateException(description() + " was closed");
    }
  }

  /** Releases the resource; further calls do nothing. */
  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      device.forget(this);
      release();
    }
  }

  /** Gives the resource back to the driver; called once. */
  abstract void release();

  /** What this is, for messages. */
  abstract String description();
}
