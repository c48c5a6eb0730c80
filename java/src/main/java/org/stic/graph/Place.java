package org.stic.graph;

import org.stic.cuda.DeviceMemory;

/** Where a program's input or a variable lies on the device, for an {@link InputFeed}. */
public final class Place {
  private final String name;
  private final DeviceMemory memory;
  private final long offset;
  private final long bytes;

  Place(String name, DeviceMemory memory, long offset, long bytes) {
    this.name = name;
    this.memory = memory;
    this.offset = offset;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  DeviceMemory memory() {
    return memory;
  }

  long offset() {
    return offset;
  }

  long bytes() {
    return bytes;
  }
}
