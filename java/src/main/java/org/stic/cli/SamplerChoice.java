package org.stic.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.stic.settings.AnnealedSamplerSettings;
import org.stic.settings.Configuration;
import org.stic.settings.GuidedSamplerSettings;

/**
 * The samplers by the names of the literature: with or without Gram term, with or without exact
 * steps.
 */
enum SamplerChoice {
  /** Approximate steps, then exact ones, with the Gram term. */
  GRMALA(true, true),
  /** The same without the Gram term. */
  MALA(false, true),
  /** Approximate steps only, with the Gram term. */
  MALA_APPROX(true, false),
  /** Approximate steps only, without the Gram term. */
  ULA(false, false),
  /** From high to low noise: what score networks draw with. */
  ANNEALED(true, false);

  private final boolean hasGramTerm;
  private final boolean hasExactSteps;

  SamplerChoice(boolean hasGramTerm, boolean hasExactSteps) {
    this.hasGramTerm = hasGramTerm;
    this.hasExactSteps = hasExactSteps;
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

  private String flag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String flags() {
    return Arrays.stream(values()).map(SamplerChoice::flag).collect(Collectors.joining(", "));
  }

  /** The settings of a run, with or without the Gram term as this sampler wants. */
  Configuration adapt(Configuration run) {
    if (hasGramTerm) {
      return run;
    }
    GuidedSamplerSettings kept = (GuidedSamplerSettings) run.sampler();
    return run.withSampler(kept.withGram(kept.gram().withWeight(0)));
  }
}
