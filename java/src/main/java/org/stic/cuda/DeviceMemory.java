package org.stic.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/**
 * A block of device memory, owned by whoever allocated it. Its copies run on the device's own
 * stream, so they are ordered with the launches there, and they return when they are done: the
 * host's memory may be reused at once.
 */
public final class DeviceMemory extends DeviceResource {
  private final CUdeviceptr pointer;
  private final long bytes;

  DeviceMemory(Device device, CUdeviceptr pointer, long bytes) {
    super(device);
    this.pointer = pointer;
    this.bytes = bytes;
  }

  /** The device's address of the first byte. */
  public long address() {
    requireOpen();
    return Handles.raw(pointer);
  }

  /** Size of the block. */
  public long bytes() {
    return bytes;
  }

  /** Copies all of {@code source} to this block from {@code offsetBytes} on. */
  public void upload(MemorySegment source, long offsetBytes) {
    if (source.isNative()) {
      device().stream().upload(this, offsetBytes, source);
      device().stream().synchronize();
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      upload(arena.allocate(source.byteSize(), Long.BYTES).copyFrom(source), offsetBytes);
    }
  }

  /** Fills all of {@code target} from this block from {@code offsetBytes} on. */
  public void download(MemorySegment target, long offsetBytes) {
    if (target.isNative()) {
      device().stream().download(target, this, offsetBytes);
      device().stream().synchronize();
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment staging = arena.allocate(target.byteSize(), Long.BYTES);
      download(staging, offsetBytes);
      target.copyFrom(staging);
    }
  }

  /** Copies the values to the beginning of this block. */
  public void upload(float[] values) {
    upload(MemorySegment.ofArray(values), 0);
  }

  /** Copies the values to the beginning of this block. */
  public void upload(int[] values) {
    upload(MemorySegment.ofArray(values), 0);
  }

  /** The whole block as floats. */
  public float[] downloadFloats() {
    float[] values = new float[Math.toIntExact(bytes / Float.BYTES)];
    download(MemorySegment.ofArray(values), 0);
    return values;
  }

  /** The whole block as ints. */
  public int[] downloadInts() {
    int[] values = new int[Math.toIntExact(bytes / Integer.BYTES)];
    download(MemorySegment.ofArray(values), 0);
    return values;
  }

  /** Sets every byte to zero, in order with the launches on the device's stream. */
  public void zero() {
    requireOpen();
    Stream stream = device().stream();
    Status.check(
        JCudaDriver.cuMemsetD8Async(pointer, (byte) 0, bytes, stream.jcuda()), "cuMemsetD8Async");
  }

  /** The address of a range inside this block, for the driver. */
  CUdeviceptr range(long offsetBytes, long length) {
    requireOpen();
    Objects.checkFromIndexSize(offsetBytes, length, bytes);
    return pointer.withByteOffset(offsetBytes);
  }

  @Override
  void release() {
    Status.checkRelease(JCudaDriver.cuMemFree(pointer), "cuMemFree");
  }

  @Override
  String description() {
    return "device memory of " + bytes + " bytes";
  }
}
