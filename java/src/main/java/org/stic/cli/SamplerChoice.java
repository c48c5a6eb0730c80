package org.stic.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.stic.settings.AnnealedSamplerSettings;
import org.stic.settings.Configuration;
import org.stic.settings.GuidedSamplerSettings;
import org.stic.settings.StepSettings;

/** The samplers by the names of the literature. */
enum SamplerChoice {
  /** Approximate steps, then exact ones, with the Gram term. */
  GRMALA(true, true),
  /** Approximate steps only, with the Gram term. */
  GRMALA_APPROX(true, false),
  /** Approximate steps, then exact ones, without the Gram term. */
  MALA(false, true),
  /** Approximate steps only, without the Gram term: short-run unadjusted Langevin. */
  ULA(false, false),
  /** MALA-approx of plug-and-play generative networks: three free weights. */
  PPGN(true, false) {
    @Override
    GuidedSamplerSettings adapt(GuidedSamplerSettings run, double[] weights) {
      return run.withStep(
          weights == null
              ? sameStep(run)
              : new StepSettings.Ppgn(run.steps(), weights[0], weights[1], weights[2]));
    }
  },
  /** From high to low noise: what score networks draw with. */
  ANNEALED(true, false);

  private final boolean hasGramTerm;
  private final boolean hasExactSteps;

  SamplerChoice(boolean hasGramTerm, boolean hasExactSteps) {
    this.hasGramTerm = hasGramTerm;
    this.hasExactSteps = hasExactSteps;
  }

  /** Whether the Gram term takes part. */
  boolean hasGramTerm() {
    return hasGramTerm;
  }

  /** Whether exact steps follow the approximate ones. */
  boolean hasExactSteps() {
    return hasExactSteps;
  }

  /**
   * Reads the value of {@code --sampler}, which may be left out, for a run.
   *
   * @throws UsageException that lists the known names, or says that the run draws otherwise
   */
  static SamplerChoice of(String text, Configuration run) {
    boolean isAnnealed = run.sampler() instanceof AnnealedSamplerSettings;
    if (text == null) {
      return isAnnealed ? ANNEALED : GRMALA;
    }
    SamplerChoice choice = parse(text);
    if ((choice == ANNEALED) != isAnnealed) {
      throw new UsageException(
          "--sampler %s does not go with this run, whose preset is %s; leave it out"
              .formatted(text, run.preset()));
    }
    return choice;
  }

  private static SamplerChoice parse(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.flag().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException("unknown sampler '%s'; known are %s".formatted(text, flags())));
  }

  @Override
  public String toString() {
    return flag();
  }

  /** The name that users write. */
  String flag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String flags() {
    return Arrays.stream(values()).map(SamplerChoice::flag).collect(Collectors.joining(", "));
  }

  /**
   * A run's sampler as this choice wants it.
   *
   * @param weights the three weights of {@link #PPGN}; null for those that equal the run's steps
   */
  GuidedSamplerSettings adapt(GuidedSamplerSettings run, double[] weights) {
    return hasGramTerm ? run : run.withGram(run.gram().withWeight(0));
  }

  /** The three weights of the run's own step, without its filter, limit and jitter. */
  private static StepSettings sameStep(GuidedSamplerSettings run) {
    return switch (run.step()) {
      case StepSettings.Ppgn ppgn -> ppgn;
      case StepSettings.Langevin step ->
          new StepSettings.Ppgn(
              step.steps(),
              step.gramStep(run.gram().weight()),
              step.size(),
              Math.sqrt(2 * step.size() * step.temperature()));
    };
  }
}
