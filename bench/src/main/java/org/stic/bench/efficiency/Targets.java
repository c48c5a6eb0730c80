package org.stic.bench.efficiency;

import java.util.List;
import org.stic.cuda.Device;

/** The densities that samplers are measured on, by name. */
final class Targets {
  private static final int DIMENSION = 50;
  private static final double ILL_CONDITION = 1e4;
  private static final double NEIGHBOURS = 0.5;

  /** All names. */
  static final List<String> NAMES =
      List.of("gaussian", "ill-conditioned", "correlated", ClassifierTarget.LABEL);

  private Targets() {}

  /** Opens the target of a known name; the caller closes it. */
  static Target open(String name, Device device, int chains) {
    return switch (name) {
      case "gaussian" -> GaussianTarget.diagonal(name, DIMENSION, 1);
      case "ill-conditioned" -> GaussianTarget.diagonal(name, DIMENSION, ILL_CONDITION);
      case "correlated" -> GaussianTarget.correlated(name, DIMENSION, NEIGHBOURS);
      case ClassifierTarget.LABEL -> new ClassifierTarget(device, chains);
      default -> throw new IllegalArgumentException("no target is called " + name);
    };
  }
}
