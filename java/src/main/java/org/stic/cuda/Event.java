package org.stic.cuda;

import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/** A mark in a stream that can be waited for, and that remembers when the stream reached it. */
public final class Event extends DeviceResource {
  private static final int RECORD_EXTERNAL = 1;

  private final CUevent event;

  private Event(Device device, CUevent event) {
    super(device);
    this.event = event;
  }

  /** Creates an event that records times. */
  public static Event create(Device device) {
    device.requireOpen();
    CUevent event = new CUevent();
    Status.check(JCudaDriver.cuEventCreate(event, 0), "cuEventCreate");
    return device.own(new Event(device, event));
  }

  /** Sets the mark behind everything that the stream holds now. */
  public void record(Stream stream) {
    requireOpen();
    stream.requireOpen();
    Status.check(JCudaDriver.cuEventRecord(event, stream.jcuda()), "cuEventRecord");
  }

  /**
   * Makes the mark a part of the graph that is being captured from the stream: each launch of the
   * graph sets it again.
   */
  public void recordInGraph(Stream stream) {
    requireOpen();
    stream.requireOpen();
    Status.check(
        JCudaDriver.cuEventRecordWithFlags(event, stream.jcuda(), RECORD_EXTERNAL),
        "cuEventRecordWithFlags");
  }

  /** Waits until the stream has reached the mark. */
  public void synchronize() {
    requireOpen();
    Status.check(JCudaDriver.cuEventSynchronize(event), "cuEventSynchronize");
  }

  /** Milliseconds between two recorded events; waits for the later one. */
  public static double elapsedMillis(Event start, Event end) {
    start.requireOpen();
    end.synchronize();
    float[] millis = new float[1];
    Status.check(
        JCudaDriver.cuEventElapsedTime(millis, start.event, end.event), "cuEventElapsedTime");
    return millis[0];
  }

  CUevent jcuda() {
    requireOpen();
    return event;
  }

  @Override
  void release() {
    Status.checkRelease(JCudaDriver.cuEventDestroy(event), "cuEventDestroy");
  }

  @Override
  String description() {
    return "event";
  }
}
