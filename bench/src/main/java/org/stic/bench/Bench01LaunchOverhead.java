package org.stic.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.ExecGraph;
import org.stic.cuda.KernelArguments;
import org.stic.cuda.Launch;

/**
 * What does one launch of a one-thread kernel cost the Java program? Answers: the bare foreign
 * call, the launch through Panama, through JCuda, and as part of a replayed graph. The kernel
 * counts, so every launch is verified.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke
public class Bench01LaunchOverhead {
  private static final String KERNEL = "increment_counter";
  private static final int GRAPH_LAUNCHES = 100;

  private Device device;
  private DeviceMemory counter;
  private Launch launch;
  private ExecGraph graph;
  private CUfunction function;
  private Pointer preparedParameters;
  private int launched;

  /** Opens the device that {@code -Dstic.device} names and prepares every way of launching. */
  @Setup
  public void open() throws IOException {
    device = Workbench.openDevice();
    counter = device.allocate(Integer.BYTES);
    counter.zero();
    KernelArguments arguments = new KernelArguments(1).pointer(counter.address());
    launch = Launch.bind(device, KERNEL, 1, 1, 1, arguments);
    graph = ExecGraph.capture(device.stream(), this::launchOften);
    device.synchronize();
    openWithJCuda();
  }

  /** Waits for the work of an iteration, so that no iteration pays for another. */
  @TearDown(Level.Iteration)
  public void drain() {
    device.synchronize();
    JCudaDriver.cuCtxSynchronize();
  }

  /** Checks that every launch has run. */
  @TearDown
  public void verify() {
    int counted = counter.downloadInts()[0];
    JCudaDriver.setExceptionsEnabled(false);
    graph.close();
    counter.close();
    device.close();
    if (counted != launched) {
      throw new IllegalStateException(launched + " launches were asked for, " + counted + " ran");
    }
  }

  /**
   * A foreign call with the launch's signature that does nothing: what Java and Panama cost at
   * least.
   */
  @Benchmark
  public int emptyCall() {
    return EmptyCall.invoke(launched);
  }

  /** The product's launch. */
  @Benchmark
  public void panamaLaunch() {
    launch.enqueue(device.stream());
    launched++;
  }

  /** JCuda's launch with its parameter objects made once. */
  @Benchmark
  public void jcudaLaunchPrepared() {
    JCudaDriver.cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, null, preparedParameters, null);
    launched++;
  }

  /** JCuda's launch as it is usually written. */
  @Benchmark
  public void jcudaLaunch() {
    JCudaDriver.cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, null, parameters(), null);
    launched++;
  }

  /** One launch of the kernel inside a graph. */
  @Benchmark
  @OperationsPerInvocation(GRAPH_LAUNCHES)
  public void graphReplay() {
    graph.launch(device.stream());
    launched += GRAPH_LAUNCHES;
  }

  private Pointer parameters() {
    return Pointer.to(Pointer.to(new long[] {counter.address()}));
  }

  private void launchOften() {
    for (int i = 0; i < GRAPH_LAUNCHES; i++) {
      launch.enqueue(device.stream());
    }
  }

  /** JCuda shares the context that the device made current, but has handles of its own. */
  private void openWithJCuda() throws IOException {
    JCudaDriver.setExceptionsEnabled(true);
    CUmodule module = new CUmodule();
    JCudaDriver.cuModuleLoadData(module, Files.readAllBytes(device.kernelImage()));
    function = new CUfunction();
    JCudaDriver.cuModuleGetFunction(function, module, KERNEL);
    preparedParameters = parameters();
  }
}
