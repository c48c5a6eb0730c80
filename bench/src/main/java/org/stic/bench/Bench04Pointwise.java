package org.stic.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Affine;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Langevin;
import org.stic.kernels.Unary;
import org.stic.kernels.UnaryFunction;
import org.stic.kernels.Wall;

/** How fast are the kernels that work element by element, and what do random numbers add? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class Bench04Pointwise {
  private static final float STEP_SIZE = 0.01f;
  private static final float TEMPERATURE = 0.5f;

  /** Which kernel is measured. */
  public enum Subject {
    AFFINE,
    SILU,
    LANGEVIN
  }

  /** Elements that were written, in units of 10^9. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Elements {
    public double gigaelements;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      gigaelements = 0;
    }
  }

  @Param public Subject subject;

  /** Chains of 3 x 32 x 32 elements. */
  @Param({"32", "1024"})
  public int chains;

  private Workbench workbench;
  private DeviceMemory state;
  private DeviceMemory gradient;
  private DeviceMemory result;

  /** Prepares the call on standard normal values. */
  @Setup
  public void open() {
    workbench = new Workbench();
    state = workbench.normals(elements(), 1);
    gradient = workbench.normals(elements(), 2);
    result = workbench.buffer(Float.BYTES * elements());
    workbench.measure(List.of(call()));
  }

  @Benchmark
  public void pointwise(Rates rates, Elements elements) {
    workbench.run(rates);
    elements.gigaelements += 1e-9 * elements();
  }

  /** Checks one element, or the noise of all. */
  @TearDown
  public void verify() {
    float[] before = state.downloadFloats();
    float[] after = result.downloadFloats();
    int last = after.length - 1;
    double x = before[last];
    switch (subject) {
      case AFFINE -> Workbench.verify("2 x + 1", after[last], 2 * x + 1, 1e-6 * (1 + Math.abs(x)));
      case SILU -> Workbench.verify("SiLU", after[last], x / (1 + Math.exp(-x)), 1e-6);
      case LANGEVIN -> {
        double expected = 2 * STEP_SIZE * TEMPERATURE;
        double variance = noiseVariance(before, gradient.downloadFloats(), after);
        Workbench.verify("the noise's variance", variance, expected, 0.05 * expected);
      }
    }
    workbench.close();
  }

  private KernelCall call() {
    long n = elements();
    return switch (subject) {
      case AFFINE -> Affine.apply(result.address(), state.address(), n, 2, 1);
      case SILU -> Unary.apply(result.address(), state.address(), n, UnaryFunction.SILU, 0);
      case LANGEVIN -> propose();
    };
  }

  private KernelCall propose() {
    DeviceMemory stepSize = workbench.buffer(Float.BYTES);
    stepSize.upload(new float[] {STEP_SIZE});
    DeviceMemory counter = workbench.buffer(Integer.BYTES);
    counter.zero();
    return Langevin.propose(
        result.address(),
        state.address(),
        gradient.address(),
        stepSize.address(),
        0,
        counter.address(),
        chains,
        dimension(),
        TEMPERATURE,
        1,
        Wall.NONE);
  }

  private long elements() {
    return (long) chains * dimension();
  }

  private static int dimension() {
    return 3 * 32 * 32;
  }

  private static double noiseVariance(float[] before, float[] gradient, float[] after) {
    double sum = 0;
    for (int i = 0; i < after.length; i++) {
      double noise = after[i] - (before[i] + (double) STEP_SIZE * gradient[i]);
      sum += noise * noise;
    }
    return sum / after.length;
  }
}
