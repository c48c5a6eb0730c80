package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Langevin proposals; kernels/sampler/langevin_propose.cu. The step eps multiplies the gradient of
 * U, and the noise has variance 2 eps T: in the convention of a step h with drift h/2 on U/T, eps =
 * h/(2T).
 */
public final class Langevin {

  private Langevin() {}

  /**
   * {@code proposal = wall(state + eps P gradient + sqrt(2 eps P T) xi)} with standard normal xi.
   *
   * @param proposal floats [chains, dimension]; may be the state
   * @param state floats [chains, dimension]
   * @param gradient floats [chains, dimension]: the gradient of U at the state
   * @param stepSize float [1] on the device: eps
   * @param diagonal floats [dimension]: the preconditioner P, all above 0; 0 for the identity
   * @param counter unsigned int [1] on the device: the step
   * @param temperature T, at least 0
   */
  public static KernelCall propose(
      long proposal,
      long state,
      long gradient,
      long stepSize,
      long diagonal,
      long counter,
      int chains,
      int dimension,
      float temperature,
      long seed,
      Wall wall) {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("temperature must not be negative, but is " + temperature);
    }
    long n = Sizes.product("chains", chains, "dimension", dimension);
    return new KernelCall(
        kernel(wall),
        chains,
        dimension,
        1,
        List.of(
            pointer(proposal),
            pointer(state),
            pointer(gradient),
            pointer(stepSize),
            pointer(diagonal),
            pointer(counter),
            integer(dimension),
            real(temperature),
            longInteger(seed)),
        Cost.ofFloats(3 * n, 24 * n));
  }

  private static String kernel(Wall wall) {
    return "langevin_propose_" + wall.name().toLowerCase(Locale.ROOT);
  }

  static List<KernelDescription> kernels() {
    return Stream.of(Wall.values())
        .map(
            wall ->
                new KernelDescription(
                    kernel(wall),
                    "sampler",
                    "x' = wall(x + eps P g + sqrt(2 eps P T) xi), the name ends in the wall",
                    "12 n B, 24 n",
                    terms -> new Tolerance(0x1p-20, 0x1p-20)))
        .toList();
  }
}
