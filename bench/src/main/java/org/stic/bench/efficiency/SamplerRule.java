package org.stic.bench.efficiency;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.stic.sampler.Preconditioning;

/**
 * The samplers. On the classifier's density the unadjusted one is GRMALA's approximate step at the
 * temperature of the density, the others its exact step.
 */
enum SamplerRule {
  /** Langevin steps without a decision. */
  ULA(Preconditioning.IDENTITY),
  /** Exact steps. */
  MALA(Preconditioning.IDENTITY),
  /** Exact steps scaled by the inverse mean squared gradients. */
  MALA_FISHER(Preconditioning.FISHER),
  /** Exact steps scaled by the coordinates' variances. */
  MALA_VARIANCE(Preconditioning.VARIANCE);

  /** All names. */
  static final List<String> NAMES = Arrays.stream(values()).map(SamplerRule::label).toList();

  private final Preconditioning preconditioning;

  SamplerRule(Preconditioning preconditioning) {
    this.preconditioning = preconditioning;
  }

  /** The sampler of a known name. */
  static SamplerRule parse(String label) {
    return values()[NAMES.indexOf(label)];
  }

  Preconditioning preconditioning() {
    return preconditioning;
  }

  boolean isExact() {
    return this != ULA;
  }

  /** The name on the command line and in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
