package org.stic.bench.peer;

import java.util.List;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Langevin;
import org.stic.kernels.Metropolis;
import org.stic.kernels.Wall;

/** The part of a sampler's step that is neither network nor density. */
final class SamplerSubjects {
  private static final float STEP_SIZE = 0.01f;
  private static final float TEMPERATURE = 0.5f;

  private static final float MALA_STEP = 1e-4f;
  private static final float MALA_TEMPERATURE = 1;

  /** Floats of scratch memory before those of each chain: the next ones are aligned. */
  private static final int SCALARS = 4;

  /** Two sums of thousands of squares cancel. */
  private static final double RATIO_TOLERANCE = 2e-3;

  /** Of the noise's variance: five standard errors where there are 25,000 elements or more. */
  private static final double VARIANCE_TOLERANCE = 0.045;

  private SamplerSubjects() {}

  /** {@code x' = x + eps g + sqrt(2 eps T) xi}. */
  static Subject langevin(int chains, int dimension) {
    int elements = Math.multiplyExact(chains, dimension);
    return new KernelSubject(
        "langevin:%dx%d".formatted(chains, dimension),
        List.of(
            Operand.normal("state", 1, 1, chains, dimension),
            Operand.normal("gradient", 2, 1, chains, dimension)),
        elements,
        new float[] {STEP_SIZE, 0},
        (result, in, scratch) -> propose(result, in, scratch, chains, dimension),
        in -> (side, result) -> verifyNoise(side, in.get(0), in.get(1), result));
  }

  /** The scratch memory holds the step size, then the counter of steps, which may be any number. */
  private static List<KernelCall> propose(
      long result, long[] in, long scratch, int chains, int dimension) {
    long counter = scratch + Float.BYTES;
    return List.of(
        Langevin.propose(
            result,
            in[0],
            in[1],
            scratch,
            0,
            counter,
            chains,
            dimension,
            TEMPERATURE,
            1,
            Wall.NONE));
  }

  /**
   * The exact test of proposals of chains, and the move of those that pass; the result is the
   * probability with which each chain takes its proposal. The scratch memory holds the step size,
   * the counter of steps, then for each chain how often it has moved and was broken.
   */
  static Subject metropolis(int chains, int dimension) {
    List<Operand> operands = proposals(chains, dimension);
    return new KernelSubject(
        "metropolis:%dx%d".formatted(chains, dimension),
        operands,
        chains,
        scratch(chains),
        (result, in, scratch) -> accept(result, in, scratch, chains, dimension),
        in -> Check.sampled(chains, chain -> acceptance(in, chain, dimension), RATIO_TOLERANCE));
  }

  private static float[] scratch(int chains) {
    float[] scratch = new float[SCALARS + 2 * chains];
    scratch[0] = MALA_STEP;
    return scratch;
  }

  /** States with gradients and densities, and Langevin proposals from them with theirs. */
  private static List<Operand> proposals(int chains, int dimension) {
    Operand state = Operand.normal("state", 1, 1, chains, dimension);
    Operand gradient = Operand.normal("gradient", 2, 1, chains, dimension);
    Operand proposal =
        Operand.normal(
            "proposal", 3, Math.sqrt(2 * MALA_STEP * MALA_TEMPERATURE), chains, dimension);
    for (int index = 0; index < proposal.values().length; index++) {
      proposal.values()[index] += state.values()[index] + MALA_STEP * gradient.values()[index];
    }
    return List.of(
        state,
        gradient,
        Operand.normal("density", 4, 1, chains),
        proposal,
        Operand.normal("proposal-gradient", 2, 1, chains, dimension),
        Operand.normal("proposal-density", 5, 1, chains));
  }

  private static List<KernelCall> accept(
      long result, long[] in, long scratch, int chains, int dimension) {
    long moved = scratch + (long) SCALARS * Float.BYTES;
    long broken = moved + (long) chains * Integer.BYTES;
    return List.of(
        Metropolis.accept(
            in[0],
            in[1],
            in[2],
            result,
            0,
            moved,
            broken,
            in[3],
            in[4],
            in[5],
            scratch,
            0,
            scratch + Float.BYTES,
            chains,
            dimension,
            MALA_TEMPERATURE,
            1,
            Wall.NONE));
  }

  /** {@code min(1, alpha)} of a chain; the operands are in the order of {@link #proposals}. */
  private static double acceptance(List<float[]> in, int chain, int dimension) {
    double forward = 0;
    double backward = 0;
    for (int index = chain * dimension; index < (chain + 1) * dimension; index++) {
      double way = (double) in.get(3)[index] - in.get(0)[index];
      double there = way - (double) MALA_STEP * in.get(1)[index];
      double back = way + (double) MALA_STEP * in.get(4)[index];
      forward += there * there;
      backward += back * back;
    }
    double ratio =
        ((double) in.get(5)[chain] - in.get(2)[chain]) / MALA_TEMPERATURE
            + (forward - backward) / (4 * (double) MALA_STEP * MALA_TEMPERATURE);
    return Math.exp(Math.min(0, ratio));
  }

  private static void verifyNoise(String side, float[] state, float[] gradient, double[] result) {
    double sum = 0;
    double squares = 0;
    for (int index = 0; index < result.length; index++) {
      double noise = result[index] - (state[index] + (double) STEP_SIZE * gradient[index]);
      sum += noise;
      squares += noise * noise;
    }
    double variance = squares / result.length;
    double expected = 2 * STEP_SIZE * TEMPERATURE;
    double mean = sum / result.length;
    if (!(Math.abs(variance / expected - 1) < VARIANCE_TOLERANCE)
        || !(mean * mean < VARIANCE_TOLERANCE * VARIANCE_TOLERANCE * expected)) {
      throw new WrongResultException(
          "%s is wrong: its noise has mean %g and variance %g, not 0 and %g"
              .formatted(side, mean, variance, expected));
    }
  }
}
