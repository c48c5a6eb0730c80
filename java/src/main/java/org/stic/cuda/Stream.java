package org.stic.cuda;

import java.lang.foreign.MemorySegment;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * A queue of work for a device: what is enqueued runs in that order, beside the host and other
 * streams.
 */
public final class Stream extends DeviceResource {
  private static final int NON_BLOCKING = 1;

  private final CUstream stream;
  private final long handle;

  private Stream(Device device, CUstream stream) {
    super(device);
    this.stream = stream;
    this.handle = Handles.raw(stream);
  }

  /** Creates a stream that runs beside all others. */
  public static Stream create(Device device) {
    device.requireOpen();
    CUstream stream = new CUstream();
    Status.check(JCudaDriver.cuStreamCreate(stream, NON_BLOCKING), "cuStreamCreate");
    return device.own(new Stream(device, stream));
  }

  /** Waits for all work of this stream, and throws what went wrong in it. */
  public void synchronize() {
    Status.check(awaitCode(), "cuStreamSynchronize");
  }

  /**
   * Waits for all work of this stream before what the work uses is released. An error that has
   * ended the context was reported where it occurred, and leaves nothing to wait for.
   */
  public void drain() {
    Status.checkRelease(awaitCode(), "cuStreamSynchronize");
  }

  /** Waits for all work of this stream; the driver's code says how it went. */
  int awaitCode() {
    requireOpen();
    return JCudaDriver.cuStreamSynchronize(stream);
  }

  /** Lets later work of this stream wait for the event; the host does not wait. */
  public void waitFor(Event event) {
    requireOpen();
    Status.check(JCudaDriver.cuStreamWaitEvent(stream, event.jcuda(), 0), "cuStreamWaitEvent");
  }

  /** Enqueues a copy from native host memory, which must stay as it is until the copy is done. */
  public void upload(DeviceMemory target, long targetOffset, MemorySegment source) {
    requireOpen();
    long bytes = source.byteSize();
    Status.check(
        JCudaDriver.cuMemcpyHtoDAsync(
            target.range(targetOffset, bytes), Handles.host(nativeAddress(source)), bytes, stream),
        "cuMemcpyHtoDAsync");
  }

  /** Enqueues a copy to native host memory, which must not be read before the copy is done. */
  public void download(MemorySegment target, DeviceMemory source, long sourceOffset) {
    requireOpen();
    long bytes = target.byteSize();
    Status.check(
        JCudaDriver.cuMemcpyDtoHAsync(
            Handles.host(nativeAddress(target)), source.range(sourceOffset, bytes), bytes, stream),
        "cuMemcpyDtoHAsync");
  }

  /** Enqueues a copy inside the device; the ranges must not overlap. */
  public void copy(
      DeviceMemory target, long targetOffset, DeviceMemory source, long sourceOffset, long bytes) {
    requireOpen();
    Status.check(
        JCudaDriver.cuMemcpyDtoDAsync(
            target.range(targetOffset, bytes), source.range(sourceOffset, bytes), bytes, stream),
        "cuMemcpyDtoDAsync");
  }

  CUstream jcuda() {
    return stream;
  }

  /** The raw handle for calls through Panama. */
  long handle() {
    requireOpen();
    return handle;
  }

  @Override
  void release() {
    Status.checkRelease(JCudaDriver.cuStreamDestroy(stream), "cuStreamDestroy");
  }

  @Override
  String description() {
    return "stream";
  }

  private static long nativeAddress(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "an asynchronous copy needs native memory, such as PinnedMemory, not an array");
    }
    return segment.address();
  }
}
