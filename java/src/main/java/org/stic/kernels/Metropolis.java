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
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "an exact chain needs a temperature above 0, not "
              + temperature
              + "; without noise use an approximate chain");
    }
    long n = Sizes.product("chains", chains, "dimension", dimension);
    return new KernelCall(
        kernel(wall),
        chains,
        1,
        1,
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
            real(temperature),
            longInteger(seed)),
        Cost.ofFloats(4 * n, (wall == Wall.REFLECT ? 100 : 10) * n));
  }

  private static String kernel(Wall wall) {
    if (wall == Wall.CLIP) {
      throw new IllegalArgumentException(
          "clipping walls have no proposal density to correct for: use reflecting walls for an"
              + " exact chain");
    }
    return "metropolis_accept_" + wall.name().toLowerCase(Locale.ROOT);
  }

  static List<KernelDescription> kernels() {
    return Stream.of(Wall.NONE, Wall.REFLECT)
        .map(
            wall ->
                new KernelDescription(
                    kernel(wall),
                    "sampler",
                    "ln alpha = (U' - U) / T + ln q(x, x') - ln q(x', x), the name ends in the"
                        + " wall",
                    "16 n B, " + (wall == Wall.REFLECT ? 100 : 10) + " n",
                    Tolerance::ofSum))
        .toList();
  }
}
