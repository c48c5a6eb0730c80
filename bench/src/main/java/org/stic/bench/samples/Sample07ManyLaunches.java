package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.ExecGraph;
import org.stic.cuda.Launch;
import org.stic.kernels.Affine;

/** A chain of short kernels is measured as the program runs it, or its launches are measured. */
public class Sample07ManyLaunches extends DeviceSample {
  private static final int LENGTH = 100;

  private Launch kernel;
  private ExecGraph graph;

  @Override
  protected void prepare() {
    DeviceMemory x = numbers(1, 1);
    kernel = Affine.apply(x.address(), x.address(), 1, 1, 0).bind(device);
    graph = ExecGraph.capture(device.stream(), this::chain);
    atEnd(graph::close);
  }

  private void chain() {
    for (int link = 0; link < LENGTH; link++) {
      kernel.enqueue(device.stream());
    }
  }

  /** Wrong where the program replays a graph: a hundred calls of the driver. */
  @Benchmark
  public void wrong() {
    chain();
    device.synchronize();
  }

  /** Right: one call. */
  @Benchmark
  public void right() {
    graph.launch(device.stream());
    device.synchronize();
  }
}
