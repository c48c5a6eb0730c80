package org.stic.cuda;

/** Something that a device does, ready to be enqueued any number of times. */
public interface DeviceWork {

  /** Enqueues it; returns before it has run. */
  void enqueue(Stream stream);
}
