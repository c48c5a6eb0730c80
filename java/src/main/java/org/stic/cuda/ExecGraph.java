package org.stic.cuda;

import static jcuda.driver.CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

/**
 * Work that was recorded once and is launched as a whole, any number of times. It keeps the
 * addresses and argument values of the recording: the memory must stay allocated, its content may
 * change.
 */
public final class ExecGraph extends DeviceResource {
  private final CUgraphExec graph;
  private final long handle;

  private ExecGraph(Device device, CUgraphExec graph) {
    super(device);
    this.graph = graph;
    this.handle = Handles.raw(graph);
  }

  /**
   * Records what {@code body} enqueues on the stream; nothing of it runs. The body must not
   * synchronise or allocate. If it throws, the recording is ended and discarded, the stream is as
   * before, and the exception goes on.
   */
  public static ExecGraph capture(Stream stream, Runnable body) {
    stream.requireOpen();
    Status.check(
        JCudaDriver.cuStreamBeginCapture(stream.jcuda(), CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        "cuStreamBeginCapture");
    CUgraph recorded = record(stream, body);
    try {
      return instantiate(stream.device(), recorded);
    } finally {
      Status.checkRelease(JCudaDriver.cuGraphDestroy(recorded), "cuGraphDestroy");
    }
  }

  /** Enqueues all of the recorded work. Allocates nothing. */
  public void launch(Stream stream) {
    requireOpen();
    int code = PanamaCalls.launchGraph(handle, stream.handle());
    if (code != Status.SUCCESS) {
      throw Status.failure(code, "cuGraphLaunch", null);
    }
  }

  @Override
  void release() {
    Status.checkRelease(JCudaDriver.cuGraphExecDestroy(graph), "cuGraphExecDestroy");
  }

  @Override
  String description() {
    return "graph";
  }

  private static CUgraph record(Stream stream, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      discard(stream);
      throw e;
    }
    CUgraph recorded = new CUgraph();
    Status.check(JCudaDriver.cuStreamEndCapture(stream.jcuda(), recorded), "cuStreamEndCapture");
    return recorded;
  }

  /**
   * Ends a capture whose body failed; the capture may be invalid by then, which is why its code is
   * not an error.
   */
  private static void discard(Stream stream) {
    CUgraph partial = new CUgraph();
    if (JCudaDriver.cuStreamEndCapture(stream.jcuda(), partial) == Status.SUCCESS) {
      Status.checkRelease(JCudaDriver.cuGraphDestroy(partial), "cuGraphDestroy");
    }
  }

  private static ExecGraph instantiate(Device device, CUgraph recorded) {
    CUgraphExec executable = new CUgraphExec();
    Status.check(JCudaDriver.cuGraphInstantiate(executable, recorded, 0), "cuGraphInstantiate");
    return device.own(new ExecGraph(device, executable));
  }
}
