package org.stic.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Variable;

/**
 * How long does a program's run keep the host, and what lies between its kernels? A program of one
 * short kernel runs {@value #RUNS} times, as launches and as a graph. {@code host...} ends when
 * everything is enqueued, {@code device...} when it has run. {@code deviceOneKernel} does the work
 * of all the runs in one kernel: what the others take longer is the gaps between kernels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Bench02LaunchGaps.RUNS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke("elements=3")
public class Bench02LaunchGaps {
  static final int RUNS = 500;

  /** Elements that one kernel works on. */
  @Param({"1", "16384"})
  public int elements;

  private Device device;
  private Variable values;
  private Variable allValues;
  private Program part;
  private Program whole;

  /** Opens the device that {@code -Dstic.device} names, and records the graph. */
  @Setup
  public void open() {
    device = Workbench.openDevice();
    values = Variable.allocate(device, "values", Shape.of(elements));
    allValues = Variable.allocate(device, "all-values", Shape.of(RUNS * elements));
    part = scaling(values);
    whole = scaling(allValues);
    part.run(RUNS);
    part.run(RUNS);
    whole.run();
    whole.run();
    device.synchronize();
  }

  private Program scaling(Variable variable) {
    variable.upload(new float[variable.shape().intElements()]);
    Graph graph = new Graph();
    graph.assign(variable, Ops.affine(graph.read(variable), 0.5f, 1));
    Program program = Program.compile(device, graph);
    if (program.calls().size() != 1) {
      throw new IllegalStateException("one kernel is to be measured, not " + program.dump());
    }
    return program;
  }

  /** Checks that the runs have reached the fixed point, 2. */
  @TearDown
  public void verify() {
    for (float value : values.download()) {
      Workbench.verify("a value after all runs", value, 2, 0);
    }
    part.close();
    whole.close();
    values.close();
    allValues.close();
    device.close();
  }

  /** Waits outside of the measured time, so that no call pays for the one before. */
  @TearDown(Level.Invocation)
  public void drain() {
    device.synchronize();
  }

  @Benchmark
  public void hostLaunches() {
    part.launch(RUNS);
  }

  @Benchmark
  public void hostGraph() {
    part.run(RUNS);
  }

  @Benchmark
  public void deviceLaunches() {
    part.launch(RUNS);
    device.synchronize();
  }

  @Benchmark
  public void deviceGraph() {
    part.run(RUNS);
    device.synchronize();
  }

  @Benchmark
  public void deviceOneKernel() {
    whole.run();
    device.synchronize();
  }
}
