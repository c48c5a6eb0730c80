package org.stic.cli;

import org.stic.settings.Configuration;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier.DrawingSettings;
import picocli.CommandLine.Option;

/** The options of commands that draw. */
final class DrawingOptions {
  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description =
          "grmala, mala, mala-approx or ula: the first two end with exact steps; mala and ula leave"
              + " out the Gram term; annealed for runs of score-stic, and for no others (default:"
              + " grmala, or annealed).")
  private String sampler;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Approximate steps (default: as the run's evaluation).")
  private Integer steps;

  @Option(
      names = "--exact-steps",
      paramLabel = "N",
      description = "Exact steps after them (default: as the run's evaluation).")
  private Integer exactSteps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Number of the drawing; other numbers give other pictures (default: 0).")
  private int seed;

  /** The run as the chosen sampler sees it. */
  RunDirectory adapt(RunDirectory run) {
    Configuration configuration = run.configuration();
    return new RunDirectory(
        run.folder(), SamplerChoice.of(sampler, configuration).adapt(configuration));
  }

  /**
   * How to draw.
   *
   * @throws UsageException if the numbers are out of range or contradict the sampler
   */
  DrawingSettings settings(Configuration run) {
    SamplerChoice choice = SamplerChoice.of(sampler, run);
    if (!choice.hasExactSteps() && exactSteps != null) {
      throw new UsageException(
          "--sampler " + choice + " has no exact steps; leave out --exact-steps");
    }
    int approximate = steps == null ? run.evaluation().steps() : steps;
    int exact = exactSteps == null ? run.evaluation().correctionSteps() : exactSteps;
    Values.requireAtLeast("--steps", approximate, 0);
    Values.requireAtLeast("--exact-steps", exact, choice.hasExactSteps() ? 1 : 0);
    Values.requireAtLeast("--seed", seed, 0);
    return new DrawingSettings(approximate, choice.hasExactSteps() ? exact : 0, seed);
  }
}
