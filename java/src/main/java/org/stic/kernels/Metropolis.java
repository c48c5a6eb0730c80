package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The exact Metropolis-Hastings test of proposals by {@link Langevin} (MALA), chain by chain on the
 * device; kernels/sampler/metropolis_accept.cu.
 */
public final class Metropolis {

  /** The most coordinates of a chain whose test and next proposal are one kernel. */
  public static final int LARGEST_CHAIN = 3072;

  private Metropolis() {}

  /**
   * Accepts each chain's proposal with probability min(1, alpha), {@code ln alpha = (U(x') - U(x))
   * / T + ln q(x | x') - ln q(x' | x)}; reflecting walls add the mirror images b, 2 - b, -2 - b to
   * q(b | a). An accepted chain takes over the proposal with its gradient and its U. An ln alpha
   * that is NaN or infinite rejects.
   *
   * @param state floats [chains, dimension], changed in place
   * @param gradient floats [chains, dimension], changed in place: the gradient of U at the state
   * @param logDensity floats [chains], changed in place: U of the state
   * @param acceptance floats [chains], written: min(1, alpha)
   * @param logRatio floats [chains], written: ln alpha; 0 if it is not wanted
   * @param accepted unsigned int [chains], counted up when the chain moves
   * @param broken unsigned int [chains], counted up when ln alpha is NaN or infinite
   * @param proposal floats [chains, dimension]
   * @param proposalGradient floats [chains, dimension]
   * @param proposalLogDensity floats [chains]
   * @param stepSize float [1] on the device: the eps of the proposal
   * @param diagonal floats [dimension]: the proposal's preconditioner P; 0 for the identity
   * @param counter unsigned int [1] on the device: the step
   * @param temperature T, above 0
   * @throws IllegalArgumentException for clipping walls, which have no proposal density
   */
  public static KernelCall accept(
      long state,
      long gradient,
      long logDensity,
      long acceptance,
      long logRatio,
      long accepted,
      long broken,
      long proposal,
      long proposalGradient,
      long proposalLogDensity,
      long stepSize,
      long diagonal,
      long counter,
      int chains,
      int dimension,
      float temperature,
      long seed,
      Wall wall) {
    long n = Sizes.product("chains", chains, "dimension", dimension);
    return call(
        kernel("metropolis_accept_", wall),
        chains,
        Cost.ofFloats(4 * n, flops(wall) * n),
        List.of(
            pointer(state),
            pointer(gradient),
            pointer(logDensity),
            pointer(acceptance),
            pointer(logRatio),
            pointer(accepted),
            pointer(broken),
            pointer(proposal),
            pointer(proposalGradient),
            pointer(proposalLogDensity),
            pointer(stepSize),
            pointer(diagonal),
            pointer(counter),
            integer(dimension),
            real(positive(temperature)),
            longInteger(seed)));
  }

  /**
   * {@link #accept}, and {@link Langevin#propose} of the step after it, with the same bits: the
   * proposal of step {@code counter[0] + 1} from where the chain is now is written over the old
   * one. Right where the step size does not change between the two; kernels/sampler/
   * metropolis_step.cu.
   *
   * @param state floats [chains, dimension], changed in place
   * @param gradient floats [chains, dimension], changed in place
   * @param logDensity floats [chains], changed in place
   * @param acceptance floats [chains], written
   * @param logRatio floats [chains], written; 0 if it is not wanted
   * @param accepted unsigned int [chains], counted up when the chain moves
   * @param broken unsigned int [chains], counted up when ln alpha is NaN or infinite
   * @param proposal floats [chains, dimension], changed in place
   * @param proposalGradient floats [chains, dimension]
   * @param proposalLogDensity floats [chains]
   * @param stepSize float [1] on the device: eps of both proposals
   * @param diagonal floats [dimension]: the preconditioner P of both; 0 for the identity
   * @param counter unsigned int [1] on the device: the step that is tested
   * @param dimension at most {@link #LARGEST_CHAIN}
   * @param temperature T, above 0
   * @throws IllegalArgumentException for larger chains and for clipping walls
   */
  public static KernelCall step(
      long state,
      long gradient,
      long logDensity,
      long acceptance,
      long logRatio,
      long accepted,
      long broken,
      long proposal,
      long proposalGradient,
      long proposalLogDensity,
      long stepSize,
      long diagonal,
      long counter,
      int chains,
      int dimension,
      float temperature,
      long seed,
      Wall wall) {
    if (dimension > LARGEST_CHAIN) {
      throw new IllegalArgumentException(
          "a chain of %d coordinates does not fit one block, which holds %d: test and propose apart"
              .formatted(dimension, LARGEST_CHAIN));
    }
    long n = Sizes.product("chains", chains, "dimension", dimension);
    return call(
        kernel("metropolis_step_", wall),
        chains,
        Cost.ofFloats(7 * n, (flops(wall) + 24) * n),
        List.of(
            pointer(state),
            pointer(gradient),
            pointer(logDensity),
            pointer(acceptance),
            pointer(logRatio),
            pointer(accepted),
            pointer(broken),
            pointer(proposal),
            pointer(proposalGradient),
            pointer(proposalLogDensity),
            pointer(stepSize),
            pointer(diagonal),
            pointer(counter),
            integer(dimension),
            real(positive(temperature)),
            longInteger(seed)));
  }

  private static KernelCall call(String kernel, int chains, Cost cost, List<Argument> arguments) {
    return new KernelCall(kernel, chains, 1, 1, arguments, cost);
  }

  private static float positive(float temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "an exact chain needs a temperature above 0, not "
              + temperature
              + "; without noise use an approximate chain");
    }
    return temperature;
  }

  private static int flops(Wall wall) {
    return wall == Wall.REFLECT ? 100 : 10;
  }

  private static String kernel(String prefix, Wall wall) {
    if (wall == Wall.CLIP) {
      throw new IllegalArgumentException(
          "clipping walls have no proposal density to correct for: use reflecting walls for an"
              + " exact chain");
    }
    return prefix + wall.name().toLowerCase(Locale.ROOT);
  }

  static List<KernelDescription> kernels() {
    List<Wall> walls = List.of(Wall.NONE, Wall.REFLECT);
    return Stream.concat(
            walls.stream()
                .map(
                    wall ->
                        describe(
                            kernel("metropolis_accept_", wall),
                            "ln alpha = (U' - U) / T + ln q(x, x') - ln q(x', x), the name ends in"
                                + " the wall",
                            "16 n B, " + flops(wall) + " n")),
            walls.stream()
                .map(
                    wall ->
                        describe(
                            kernel("metropolis_step_", wall),
                            "metropolis_accept, then x' = langevin_propose of the next step",
                            "28 n B, " + (flops(wall) + 24) + " n")))
        .toList();
  }

  private static KernelDescription describe(String kernel, String formula, String cost) {
    return new KernelDescription(kernel, "sampler", formula, cost, Tolerance::ofSum);
  }
}
