package org.stic.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Many one-dimensional Langevin chains at once, started in their target distribution: a correct
 * kernel keeps it, a wrong one leaves it within a few steps. Everything runs on the device.
 */
final class ChainsUnderTest {
  static final int CHAINS = 20_000;

  /** A target's log-density and its gradient at given states, as launches. */
  interface Target {
    List<KernelCall> evaluate(long state, long logDensity, long gradient);
  }

  private final KernelRig rig;
  private final Target target;
  private final Wall proposalWall;
  private final TestBuffer state;
  private final TestBuffer gradient;
  private final TestBuffer logDensity;
  private final TestBuffer proposal;
  private final TestBuffer proposalGradient;
  private final TestBuffer proposalLogDensity;
  private final TestBuffer acceptance;
  private final TestBuffer accepted;
  private final TestBuffer broken;
  private final TestBuffer step;
  private final TestBuffer counter;
  private long proposalScale;
  private long assumedScale;

  ChainsUnderTest(
      KernelRig rig, Target target, Wall proposalWall, double step, DoubleSupplier start) {
    this.rig = rig;
    this.target = target;
    this.proposalWall = proposalWall;
    float[] x = new float[CHAINS];
    for (int c = 0; c < CHAINS; c++) {
      x[c] = (float) start.getAsDouble();
    }
    this.state = rig.floats(x);
    this.gradient = rig.poisoned(CHAINS);
    this.logDensity = rig.poisoned(CHAINS);
    this.proposal = rig.poisoned(CHAINS);
    this.proposalGradient = rig.poisoned(CHAINS);
    this.proposalLogDensity = rig.poisoned(CHAINS);
    this.acceptance = rig.poisoned(CHAINS);
    this.accepted = rig.integers(new int[CHAINS]);
    this.broken = rig.integers(new int[CHAINS]);
    this.step = rig.floats((float) step);
    this.counter = rig.integers(0);
    rig.runOnce(target.evaluate(state.address(), logDensity.address(), gradient.address()));
  }

  /** Scales the proposals by one preconditioner, and tests them as if it were another. */
  ChainsUnderTest scaled(double proposed, double assumed) {
    proposalScale = rig.floats((float) proposed).address();
    assumedScale = rig.floats((float) assumed).address();
    return this;
  }

  /** Steps with a Metropolis test for the given walls. */
  ChainsUnderTest metropolis(int steps, Wall assumedWall) {
    List<KernelCall> calls = new ArrayList<>();
    calls.add(propose(proposal));
    calls.addAll(
        target.evaluate(
            proposal.address(), proposalLogDensity.address(), proposalGradient.address()));
    calls.add(accept(assumedWall));
    calls.add(Counter.increment(counter.address()));
    repeat(steps, calls);
    return this;
  }

  /** Steps without a Metropolis test. */
  ChainsUnderTest unadjusted(int steps) {
    List<KernelCall> calls = new ArrayList<>();
    calls.add(propose(state));
    calls.addAll(target.evaluate(state.address(), logDensity.address(), gradient.address()));
    calls.add(Counter.increment(counter.address()));
    repeat(steps, calls);
    return this;
  }

  /** Metropolis steps that adapt the step size. */
  ChainsUnderTest adapting(int steps, Wall wall) {
    for (int t = 0; t < steps; t++) {
      metropolis(1, wall);
      rig.runOnce(
          List.of(
              StepSize.adapt(
                  step.address(),
                  acceptance.address(),
                  counter.address(),
                  CHAINS,
                  0.574f,
                  0.3f,
                  steps)));
    }
    return this;
  }

  DescriptiveStatistics statistics() {
    float[] values = state.floats();
    DescriptiveStatistics statistics = new DescriptiveStatistics();
    IntStream.range(0, CHAINS).forEach(c -> statistics.addValue(values[c]));
    return statistics;
  }

  double acceptedPerStep() {
    return IntStream.of(accepted.bits()).average().orElseThrow() / counter.bits()[0];
  }

  double lastAcceptance() {
    float[] values = acceptance.floats();
    return IntStream.range(0, CHAINS).mapToDouble(c -> values[c]).average().orElseThrow();
  }

  long brokenSteps() {
    return IntStream.of(broken.bits()).sum();
  }

  private void repeat(int steps, List<KernelCall> calls) {
    List<KernelCall> all = new ArrayList<>();
    IntStream.range(0, steps).forEach(t -> all.addAll(calls));
    rig.unchecked(() -> rig.runOnce(all));
  }

  private KernelCall propose(TestBuffer result) {
    return Langevin.propose(
        result.address(),
        state.address(),
        gradient.address(),
        step.address(),
        proposalScale,
        counter.address(),
        CHAINS,
        1,
        1,
        4711,
        proposalWall);
  }

  private KernelCall accept(Wall wall) {
    return Metropolis.accept(
        state.address(),
        gradient.address(),
        logDensity.address(),
        acceptance.address(),
        0,
        accepted.address(),
        broken.address(),
        proposal.address(),
        proposalGradient.address(),
        proposalLogDensity.address(),
        step.address(),
        assumedScale,
        counter.address(),
        CHAINS,
        1,
        1,
        4711,
        wall);
  }
}
