package org.stic.bench;

import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Affine;
import org.stic.kernels.Binary;
import org.stic.kernels.BinaryFunction;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Langevin;
import org.stic.kernels.Unary;
import org.stic.kernels.UnaryFunction;
import org.stic.kernels.Wall;

/** How fast are the kernels that work element by element, and what do random numbers add? */
@Smoke("chains=5")
public class Bench04Pointwise extends KernelBenchmark {
  private static final float STEP_SIZE = 0.01f;
  private static final float TEMPERATURE = 0.5f;

  /** Which kernel is measured. */
  public enum Subject {
    AFFINE,
    ADD,
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

  private DeviceMemory state;
  private DeviceMemory gradient;
  private DeviceMemory result;

  /** The call on standard normal values. */
  @Override
  List<KernelCall> prepare(Workbench bench) {
    state = bench.normals(elements(), 1);
    gradient = bench.normals(elements(), 2);
    result = bench.buffer(Float.BYTES * elements());
    long n = elements();
    long out = result.address();
    long x = state.address();
    return List.of(
        switch (subject) {
          case AFFINE -> Affine.apply(out, x, n, 2, 1);
          case ADD -> Binary.same(out, x, gradient.address(), n, BinaryFunction.ADD);
          case SILU -> Unary.apply(out, x, n, UnaryFunction.SILU, 0);
          case LANGEVIN -> propose(bench);
        });
  }

  @Benchmark
  public void pointwise(Rates rates, Elements elements) {
    run(rates);
    elements.gigaelements += 1e-9 * elements();
  }

  /** Checks one element, or the noise of all. */
  @Override
  void verify() {
    float[] before = state.downloadFloats();
    float[] after = result.downloadFloats();
    int last = after.length - 1;
    double x = before[last];
    switch (subject) {
      case AFFINE -> Workbench.verify("2 x + 1", after[last], 2 * x + 1, 1e-6 * (1 + Math.abs(x)));
      case ADD -> {
        double sum = x + gradient.downloadFloats()[last];
        Workbench.verify("x + g", after[last], sum, 1e-6 * (1 + Math.abs(sum)));
      }
      case SILU -> Workbench.verify("SiLU", after[last], x / (1 + Math.exp(-x)), 1e-6);
      case LANGEVIN -> {
        double expected = 2 * STEP_SIZE * TEMPERATURE;
        double variance = noiseVariance(before, gradient.downloadFloats(), after);
        Workbench.verify("the noise's variance", variance, expected, 0.05 * expected);
      }
    }
  }

  private KernelCall propose(Workbench bench) {
    DeviceMemory stepSize = bench.floats(STEP_SIZE);
    DeviceMemory counter = bench.zeros(Integer.BYTES);
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
