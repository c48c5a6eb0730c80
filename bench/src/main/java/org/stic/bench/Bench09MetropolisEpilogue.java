package org.stic.bench;

import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Counter;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Langevin;
import org.stic.kernels.Metropolis;
import org.stic.kernels.StepSize;
import org.stic.kernels.Wall;

/**
 * What does an exact step cost beside its gradient: the ratio of the proposal's densities, the
 * decision, the choice of the state, the adaptation of the step size, and the next proposal? The
 * gradient and the log-density are constants here, so a step is these kernels alone.
 */
@Smoke({"chains=3", "dimension=31"})
public class Bench09MetropolisEpilogue extends KernelBenchmark {
  private static final float TEMPERATURE = 0.5f;
  private static final float STEP_SIZE = 1e-4f;
  private static final float TARGET = 0.574f;
  private static final long SEED = 1;

  /** What is measured. */
  public enum Subject {
    /** The decision and what follows it, for proposals that are all rejected. */
    REJECT,
    /** The same for proposals that are all taken. */
    ACCEPT,
    /** The decision, the adaptation, the step's count and the next proposal. */
    EPILOGUE
  }

  @Param public Subject subject;

  @Param({"1", "64", "1024"})
  public int chains;

  /** Numbers of one chain: MNIST's and CIFAR's pixels. */
  @Param({"784", "3072"})
  public int dimension;

  private DeviceMemory state;
  private DeviceMemory proposal;
  private DeviceMemory broken;
  private DeviceMemory acceptance;
  private DeviceMemory counter;
  private float[] start;

  /** The density of proposals is far below that of the state, or as far above. */
  @Override
  List<KernelCall> prepare(Workbench bench) {
    long elements = (long) chains * dimension;
    state = bench.normals(elements, 1);
    proposal = bench.normals(elements, 2);
    start = state.downloadFloats();
    float[] level = new float[chains];
    Arrays.fill(level, subject == Subject.REJECT ? -1e9f : 1e9f);
    acceptance = bench.floats(new float[chains]);
    broken = bench.zeros((long) Integer.BYTES * chains);
    counter = bench.zeros(Integer.BYTES);
    long stepSize = bench.floats(STEP_SIZE).address();
    long gradient = bench.zeros(Float.BYTES * elements).address();
    long proposalGradient = bench.zeros(Float.BYTES * elements).address();
    KernelCall accept =
        Metropolis.accept(
            state.address(),
            gradient,
            bench.floats(new float[chains]).address(),
            acceptance.address(),
            bench.floats(new float[chains]).address(),
            bench.zeros((long) Integer.BYTES * chains).address(),
            broken.address(),
            proposal.address(),
            proposalGradient,
            bench.floats(level).address(),
            stepSize,
            0,
            counter.address(),
            chains,
            dimension,
            TEMPERATURE,
            SEED,
            Wall.NONE);
    return subject == Subject.EPILOGUE
        ? List.of(
            accept, adapt(stepSize), Counter.increment(counter.address()), next(stepSize, gradient))
        : List.of(accept);
  }

  /** The step size follows its rule and is frozen from the first step on, so that it stays. */
  private KernelCall adapt(long stepSize) {
    return StepSize.adapt(stepSize, acceptance.address(), counter.address(), chains, TARGET, 1, 0);
  }

  private KernelCall next(long stepSize, long gradient) {
    return Langevin.propose(
        proposal.address(),
        state.address(),
        gradient,
        stepSize,
        0,
        counter.address(),
        chains,
        dimension,
        TEMPERATURE,
        SEED,
        Wall.NONE);
  }

  @Benchmark
  public void step(Rates rates) {
    run(rates);
  }

  /** Checks that each chain has decided as it must, and is where that leads. */
  @Override
  void verify() {
    double taken = subject == Subject.REJECT ? 0 : 1;
    for (float probability : acceptance.downloadFloats()) {
      Workbench.verify("an acceptance", probability, taken, 1e-6);
    }
    for (int count : broken.downloadInts()) {
      Workbench.verify("broken proposals", count, 0, 0);
    }
    int last = start.length - 1;
    float found = state.downloadFloats()[last];
    switch (subject) {
      case REJECT -> Workbench.verify("the state", found, start[last], 0);
      case ACCEPT -> Workbench.verify("the state", found, proposal.downloadFloats()[last], 0);
      case EPILOGUE -> {
        double deviation = Math.sqrt(2 * STEP_SIZE * TEMPERATURE);
        float next = proposal.downloadFloats()[last];
        Workbench.verify("the next proposal", next, found, 6 * deviation);
        Workbench.verify("whether it differs", next == found ? 1 : 0, 0, 0);
      }
    }
  }
}
