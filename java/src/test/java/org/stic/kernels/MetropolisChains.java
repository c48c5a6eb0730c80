package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

/**
 * Chains on the device with everything that a Metropolis test reads and writes, and its oracle on
 * the host.
 */
final class MetropolisChains {

  /** What the device holds, on the host. */
  @SuppressWarnings("ArrayRecordComponent") // Compared element by element only.
  record Host(
      float[] state,
      float[] gradient,
      float[] logDensity,
      float[] proposal,
      float[] proposalGradient,
      float[] proposalLogDensity,
      float[] acceptance,
      float[] logRatio,
      int[] accepted,
      int[] broken) {}

  /** What the definition says of one chain. */
  record Expected(double logAlpha, double logUniform, double allowedError, boolean broken) {}

  private static final int STEP_NUMBER = 11;

  private final int chains;
  private final int dimension;
  private final float step;
  private final float temperature;
  private final Wall wall;
  private final long seed;
  private final TestBuffer state;
  private final TestBuffer gradient;
  private final TestBuffer logDensity;
  private final TestBuffer proposal;
  private final TestBuffer proposalGradient;
  private final TestBuffer proposalLogDensity;
  private final TestBuffer acceptance;
  private final TestBuffer logRatio;
  private final TestBuffer accepted;
  private final TestBuffer broken;
  private final TestBuffer stepSize;
  private final TestBuffer diagonal;
  private final boolean scaled;
  private final TestBuffer counter;

  /** Chains whose proposals lie about as far off as Langevin proposals do, near the walls too. */
  MetropolisChains(
      KernelRig rig,
      int chains,
      int dimension,
      float step,
      float temperature,
      Wall wall,
      boolean scaled) {
    this.chains = chains;
    this.dimension = dimension;
    this.step = step;
    this.temperature = temperature;
    this.wall = wall;
    this.seed = rig.random().nextLong();
    long n = (long) chains * dimension;
    this.state = rig.uniform(n, -1, 1);
    this.gradient = rig.uniform(n, -0.2, 0.2);
    this.logDensity = rig.uniform(chains, -1, 1);
    this.proposal = rig.uniform(n, -1, 1);
    this.proposalGradient = rig.uniform(n, -0.2, 0.2);
    this.proposalLogDensity = rig.uniform(chains, -1, 1);
    this.acceptance = rig.poisoned(chains);
    this.logRatio = rig.poisoned(chains);
    this.accepted = rig.integers(rig.random().ints(chains, 0, 9).toArray());
    this.broken = rig.integers(rig.random().ints(chains, 0, 9).toArray());
    this.stepSize = rig.floats(step);
    this.scaled = scaled;
    this.diagonal = rig.uniform(dimension, 0.5, 1.5);
    this.counter = rig.integers(STEP_NUMBER);
    approach();
  }

  KernelCall accept() {
    return Metropolis.accept(
        state.address(),
        gradient.address(),
        logDensity.address(),
        acceptance.address(),
        logRatio.address(),
        accepted.address(),
        broken.address(),
        proposal.address(),
        proposalGradient.address(),
        proposalLogDensity.address(),
        stepSize.address(),
        scaled ? diagonal.address() : 0,
        counter.address(),
        chains,
        dimension,
        temperature,
        seed,
        wall);
  }

  /** The test and the next proposal in one kernel. */
  KernelCall step() {
    return Metropolis.step(
        state.address(),
        gradient.address(),
        logDensity.address(),
        acceptance.address(),
        logRatio.address(),
        accepted.address(),
        broken.address(),
        proposal.address(),
        proposalGradient.address(),
        proposalLogDensity.address(),
        stepSize.address(),
        scaled ? diagonal.address() : 0,
        counter.address(),
        chains,
        dimension,
        temperature,
        seed,
        wall);
  }

  /** The next proposal, of the step after the one that the counter tells. */
  List<KernelCall> proposeNext() {
    return List.of(
        Counter.increment(counter.address()),
        Langevin.propose(
            proposal.address(),
            state.address(),
            gradient.address(),
            stepSize.address(),
            scaled ? diagonal.address() : 0,
            counter.address(),
            chains,
            dimension,
            temperature,
            seed,
            wall));
  }

  /** Puts back what the device held, but for what a step only writes. */
  void restore(Host host) {
    state.write(host.state);
    gradient.write(host.gradient);
    logDensity.write(host.logDensity);
    proposal.write(host.proposal);
    accepted.write(host.accepted);
    broken.write(host.broken);
    counter.write(new int[] {STEP_NUMBER});
  }

  /** The same bits everywhere, in NaN too. */
  static void requireSame(Host expected, Host actual) {
    assertArrayEquals(expected.state, actual.state, "state");
    assertArrayEquals(expected.gradient, actual.gradient, "gradient");
    assertArrayEquals(expected.logDensity, actual.logDensity, "log-density");
    assertArrayEquals(expected.proposal, actual.proposal, "proposal");
    assertArrayEquals(expected.acceptance, actual.acceptance, "acceptance");
    assertArrayEquals(expected.logRatio, actual.logRatio, "log ratio");
    assertArrayEquals(expected.accepted, actual.accepted, "accepted");
    assertArrayEquals(expected.broken, actual.broken, "broken");
  }

  /** Gives a chain's proposal a log-density that is not a number to compare. */
  void breakChain(int chain, float value) {
    float[] values = proposalLogDensity.floats();
    values[chain] = value;
    proposalLogDensity.write(values);
  }

  /** Puts one coordinate of a chain's proposal outside the box. */
  void moveOutside(int chain) {
    float[] values = proposal.floats();
    values[chain * dimension] = 1.25f;
    proposal.write(values);
  }

  Host download() {
    return new Host(
        state.floats(),
        gradient.floats(),
        logDensity.floats(),
        proposal.floats(),
        proposalGradient.floats(),
        proposalLogDensity.floats(),
        acceptance.floats(),
        logRatio.floats(),
        accepted.bits(),
        broken.bits());
  }

  /**
   * log alpha from normal densities, written out; nothing is cancelled beforehand as the kernel
   * does.
   */
  Expected expected(Host h, int c) {
    float[] p = diagonal.floats();
    double there = 0;
    double back = 0;
    boolean outside = false;
    for (int i = c * dimension; i < (c + 1) * dimension; i++) {
      double eps = (double) step * (scaled ? p[i % dimension] : 1);
      there += logDensityOfProposal(h.proposal[i], h.state[i], h.gradient[i], eps);
      back += logDensityOfProposal(h.state[i], h.proposal[i], h.proposalGradient[i], eps);
      outside |= wall == Wall.REFLECT && Math.abs(h.proposal[i]) > 1;
    }
    double change = ((double) h.proposalLogDensity[c] - h.logDensity[c]) / temperature;
    double logAlpha = outside ? Double.NEGATIVE_INFINITY : change + back - there;
    double magnitude = Math.abs(change) + Math.abs(back) + Math.abs(there) + dimension;
    double allowed =
        magnitude * KernelCatalog.entry(accept().kernel()).tolerance(dimension).relative();
    double u = Philox.uniform(seed, c, STEP_NUMBER, Philox.ACCEPTANCE, 0);
    return new Expected(logAlpha, Math.log(u), allowed, !Double.isFinite(change));
  }

  /** An accepted chain holds the proposal, any other what it held before. */
  static void requireTakenOver(Host before, Host after, int c, boolean moved) {
    int dimension = before.state.length / before.logDensity.length;
    int from = c * dimension;
    int to = from + dimension;
    float[] state = moved ? before.proposal : before.state;
    float[] gradient = moved ? before.proposalGradient : before.gradient;
    float[] density = moved ? before.proposalLogDensity : before.logDensity;
    assertArrayEquals(
        Arrays.copyOfRange(state, from, to), Arrays.copyOfRange(after.state, from, to));
    assertArrayEquals(
        Arrays.copyOfRange(gradient, from, to), Arrays.copyOfRange(after.gradient, from, to));
    assertEquals(density[c], after.logDensity[c]);
  }

  private double logDensityOfProposal(double b, double a, double gradientAtA, double eps) {
    double mean = a + eps * gradientAtA;
    double variance = 2 * eps * temperature;
    double density = normalDensity(b - mean, variance);
    if (wall == Wall.REFLECT) {
      density += normalDensity(2 - b - mean, variance) + normalDensity(-2 - b - mean, variance);
    }
    return Math.log(density);
  }

  private static double normalDensity(double distance, double variance) {
    return Math.exp(-distance * distance / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }

  /** Draws the proposals towards their states, so that log alpha is of moderate size. */
  private void approach() {
    float[] x = state.floats();
    float[] next = proposal.floats();
    for (int i = 0; i < next.length; i++) {
      next[i] = Math.clamp(x[i] + 0.3f * next[i], -1f, 1f);
    }
    proposal.write(next);
  }
}
