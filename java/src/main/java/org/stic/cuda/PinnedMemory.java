package org.stic.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/**
 * Page-locked host memory: the only host memory from which and to which copies run beside the
 * host's own work. Close it after the copies that use it have finished. Using the segment after
 * that fails.
 */
public final class PinnedMemory extends DeviceResource {
  private final Arena arena = Arena.ofShared();
  private final Pointer pointer;
  private final MemorySegment segment;

  private PinnedMemory(Device device, Pointer pointer, long bytes) {
    super(device);
    this.pointer = pointer;
    this.segment = MemorySegment.ofAddress(Handles.raw(pointer)).reinterpret(bytes, arena, null);
  }

  /** Allocates; the content is undefined. */
  public static PinnedMemory allocate(Device device, long bytes) {
    device.requireOpen();
    Pointer pointer = new Pointer();
    Status.check(JCudaDriver.cuMemHostAlloc(pointer, bytes, 0), "cuMemHostAlloc");
    return device.own(new PinnedMemory(device, pointer, bytes));
  }

  /** The memory, usable from every thread. */
  public MemorySegment segment() {
    requireOpen();
    return segment;
  }

  @Override
  void release() {
    arena.close();
    Status.checkRelease(JCudaDriver.cuMemFreeHost(pointer), "cuMemFreeHost");
  }

  @Override
  String description() {
    return "pinned memory of " + segment.byteSize() + " bytes";
  }
}
