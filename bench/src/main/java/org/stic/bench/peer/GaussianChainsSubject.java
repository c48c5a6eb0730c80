package org.stic.bench.peer;

import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Cost;
import org.stic.kernels.Wall;
import org.stic.sampler.AdaptiveStepSize;
import org.stic.sampler.ChainInfo;
import org.stic.sampler.ChainState;
import org.stic.sampler.LogDensity;
import org.stic.sampler.Metropolis;
import org.stic.sampler.StepSizePlan;

/**
 * A hundred exact steps (MALA) of many chains on a Gaussian with a diagonal precision from 1 to 10.
 * Chains begin in equilibrium, so that the result, their positions afterwards, has known moments.
 *
 * @param chains how many
 * @param dimension of the space
 */
record GaussianChainsSubject(int chains, int dimension) implements Subject {
  private static final int STEPS = 100;
  private static final double MOST_PRECISION = 10;

  /** Accepts about six of ten proposals. */
  private static final double STEP_SCALE = 0.12;

  /** Standard errors of the mean square over all chains and coordinates. */
  private static final double ERRORS = 6;

  @Override
  public String name() {
    return "mala-gaussian:%dx%d".formatted(chains, dimension);
  }

  @Override
  public List<Operand> operands() {
    float[] precision = new float[dimension];
    for (int axis = 0; axis < dimension; axis++) {
      precision[axis] =
          (float) Math.pow(MOST_PRECISION, (double) axis / Math.max(1, dimension - 1));
    }
    Operand start = Operand.normal("start", 1, 1, chains, dimension);
    for (int index = 0; index < start.values().length; index++) {
      start.values()[index] /= (float) Math.sqrt(precision[index % dimension]);
    }
    float stepSize = (float) (STEP_SCALE / Math.cbrt(dimension));
    return List.of(
        start,
        new Operand("precision", new int[] {dimension}, precision),
        new Operand("step-size", new int[] {1}, new float[] {stepSize}));
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    Variable precision = Variable.allocate(device, "precision", Shape.of(1, dimension));
    precision.upload(operands.get(1).values());
    LogDensity density = position -> density(position, precision);
    ChainState state = ChainState.allocate(device, Shape.of(chains, dimension));
    ChainInfo info = ChainInfo.allocate(device, chains);
    AdaptiveStepSize stepSize =
        new AdaptiveStepSize(device, StepSizePlan.fixed(operands.get(2).values()[0]));
    stepSize.reset();
    Metropolis rule = new Metropolis(density, 1, 1, Wall.NONE, stepSize, null, info);
    Graph begin = new Graph();
    rule.initialise(begin, state);
    Program initialise = Program.compile(device, begin);
    Graph step = new Graph();
    rule.step(step, state);
    Program steps = Program.compile(device, step);
    state.position().upload(operands.getFirst().values());
    initialise.run();
    return new DeviceSide(
        device,
        calls -> {
          for (int call = 0; call < calls; call++) {
            steps.run(STEPS);
          }
        },
        () -> {
          steps.run(STEPS);
          return state.position().download();
        },
        List.of(steps, initialise, stepSize, info, state, precision));
  }

  private Tensor density(Tensor position, Variable precision) {
    Tensor weighted = Ops.multiply(Ops.square(position), position.graph().read(precision));
    return Ops.scale(Ops.reshape(Ops.sum(weighted, 1), Shape.of(chains)), -0.5f);
  }

  /** The mean of all p x^2 is 1, and the chains have moved. */
  @Override
  public Optional<Check> check(List<Operand> operands) {
    float[] start = operands.get(0).values();
    float[] precision = operands.get(1).values();
    return Optional.of((side, result) -> verify(side, result, start, precision));
  }

  private void verify(String side, double[] result, float[] start, float[] precision) {
    double squares = 0;
    int moved = 0;
    for (int index = 0; index < result.length; index++) {
      squares += precision[index % dimension] * result[index] * result[index];
      moved += result[index] == start[index] ? 0 : 1;
    }
    double mean = squares / result.length;
    double error = ERRORS * Math.sqrt(2.0 / result.length);
    if (!(Math.abs(mean - 1) < error) || moved < result.length / 2) {
      throw new WrongResultException(
          "%s is wrong: the mean square is %g, not 1 within %g, and %d of %d numbers moved"
              .formatted(side, mean, error, moved, result.length));
    }
  }

  @Override
  public Cost cost() {
    return Cost.NONE;
  }
}
