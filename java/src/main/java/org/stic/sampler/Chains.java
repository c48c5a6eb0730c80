package org.stic.sampler;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.kernels.Wall;

/**
 * A set of chains and the programs that run them. A run is enqueued as a whole: the steps, their
 * noise, the accept decisions, the step size and the preconditioner stay on the device, and nothing
 * waits until results are read. Owns its programs and its memory; one thread at a time.
 */
public final class Chains implements AutoCloseable {
  private final ChainPlan plan;
  private final ChainState state;
  private final ChainInfo info;
  private final AdaptiveStepSize stepSize;
  private final Preconditioner preconditioner;
  private final Program approximate;
  private final Program initialise;
  private final Program observed;
  private final Program exact;
  private final Optional<FrozenSteps> frozen;

  /**
   * Compiles the programs.
   *
   * @param walk the rule of the approximate steps
   * @param density what the exact steps sample
   * @param shape shape of all positions, [chains, ...]
   * @param plan the steps
   * @param seed key of the exact steps' noise
   */
  public Chains(
      Device device, Sampler walk, LogDensity density, Shape shape, ChainPlan plan, long seed) {
    this.plan = plan;
    state = ChainState.allocate(device, shape);
    info = ChainInfo.allocate(device, shape.dim(0));
    stepSize =
        new AdaptiveStepSize(
            device, StepSizePlan.adaptive(plan.correctionStepSize(), plan.warmUpSteps()));
    preconditioner = new Preconditioner(device, plan.preconditioning(), state);
    Metropolis correction =
        new Metropolis(
            density,
            plan.correctionTemperature(),
            seed,
            Wall.REFLECT,
            stepSize,
            preconditioner.diagonal(),
            info);
    approximate = compile(device, graph -> walk.step(graph, state));
    initialise = compile(device, graph -> correction.initialise(graph, state));
    exact = compile(device, graph -> correction.step(graph, state));
    frozen =
        correction.canAdvance(state)
            ? Optional.of(new FrozenSteps(device, correction, state))
            : Optional.empty();
    observed = compile(device, graph -> observe(graph, correction));
  }

  private void observe(Graph graph, Sampler correction) {
    if (preconditioner.isEstimated()) {
      correction.step(graph, state);
      preconditioner.observe(graph);
    }
  }

  private int warmUpAfterObservation() {
    return plan.warmUpSteps() - plan.observedSteps();
  }

  private static Program compile(Device device, Consumer<Graph> nodes) {
    Graph graph = new Graph();
    nodes.accept(graph);
    return Program.compile(device, graph);
  }

  /** Number of chains. */
  public int count() {
    return state.chains();
  }

  /** Where the chains are; other programs may read it between runs. */
  public ChainState state() {
    return state;
  }

  /** Puts all chains at their starts; the next steps are numbered from {@code firstStep} on. */
  public void place(float[] start, int firstStep) {
    state.position().upload(start);
    state.step().upload(firstStep);
  }

  /**
   * Runs all steps of the plan; returns when they are enqueued.
   *
   * @param start starting positions of all chains
   * @param firstStep value of the step counter to begin with; runs that must differ need ranges of
   *     {@link ChainPlan#totalSteps()} that do not overlap
   */
  public void run(float[] start, int firstStep) {
    place(start, firstStep);
    walk(plan.steps());
    if (plan.correctionSteps() > 0) {
      warmUp();
      correct(plan.correctionSteps() - plan.warmUpSteps());
    }
  }

  /** Runs approximate steps; returns when they are enqueued. */
  public void walk(int steps) {
    if (steps > 0) {
      approximate.run(steps);
    }
  }

  /** Runs the exact steps that adapt; returns when they are enqueued. */
  public void warmUp() {
    stepSize.reset();
    info.broken().upload(new int[count()]);
    initialise.run();
    if (plan.observedSteps() > 0) {
      preconditioner.reset();
      observed.run(plan.observedSteps());
      preconditioner.freeze();
    }
    exact.run(warmUpAfterObservation());
    info.accepted().upload(new int[count()]);
  }

  /** Runs exact steps after the warm-up; returns when they are enqueued. */
  public void correct(int steps) {
    frozen.ifPresentOrElse(one -> one.run(steps), () -> exact.run(steps));
  }

  /** The probability with which each chain took its last exact proposal. Waits for the run. */
  float[] lastAcceptance() {
    return info.acceptance().download();
  }

  /** The positions of all chains; waits for the run. */
  public float[] positions() {
    return state.position().download();
  }

  /**
   * The fraction of exact steps after the warm-up that each chain took; NaN without such steps.
   * Waits for the run.
   */
  public double[] acceptance() {
    double steps = plan.correctionSteps() - plan.warmUpSteps();
    return IntStream.of(info.accepted().downloadInts())
        .mapToDouble(accepted -> steps == 0 ? Double.NaN : accepted / steps)
        .toArray();
  }

  /** Proposals of each chain whose density was not a number. Waits for the run. */
  public int[] brokenProposals() {
    return info.broken().downloadInts();
  }

  /** The step size that the exact steps' adaptation reached. Waits for the run. */
  public float stepSize() {
    return stepSize.read();
  }

  @Override
  public void close() {
    approximate.close();
    initialise.close();
    observed.close();
    exact.close();
    frozen.ifPresent(FrozenSteps::close);
    preconditioner.close();
    stepSize.close();
    info.close();
    state.close();
  }
}
