package org.stic.cli;

import java.io.PrintWriter;
import java.util.List;
import org.stic.settings.AnnealedSamplerSettings;
import org.stic.settings.AttentiveSamplerSettings;
import org.stic.settings.Configuration;
import org.stic.settings.GuidedSamplerSettings;
import org.stic.settings.SamplerSettings;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier.DrawingSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that draw. */
final class DrawingOptions {
  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description =
          "grmala, grmala-approx, mala, ula or ppgn: grmala and mala end with exact steps, mala and"
              + " ula leave out the Gram term, ppgn has three free weights; annealed for runs of"
              + " score-stic, and for no others (default: grmala, or annealed).")
  private String sampler;

  @Option(
      names = "--ppgn-weights",
      paramLabel = "P,C,N",
      split = ",",
      description =
          "Weights of ppgn: step along the Gram term, step along the class term, deviation of the"
              + " noise (default: those of the run's own steps).")
  private List<Double> ppgnWeights;

  @Mixin private GuidanceOptions guidance;

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

  /**
   * The run as the chosen sampler sees it.
   *
   * @param warnings where it is told what a user should know
   */
  RunDirectory adapt(RunDirectory run, PrintWriter warnings) {
    Configuration configuration = run.configuration();
    SamplerSettings adapted = adapted(configuration);
    adapted.cautions().forEach(caution -> warnings.println("stic: " + caution));
    return new RunDirectory(run.folder(), configuration.withSampler(adapted));
  }

  private SamplerSettings adapted(Configuration run) {
    SamplerChoice choice = SamplerChoice.of(sampler, run);
    double[] weights = weights(choice);
    return switch (run.sampler()) {
      case GuidedSamplerSettings own -> choice.adapt(guidance.adapt(own, choice), weights);
      case AttentiveSamplerSettings own ->
          AttentiveSamplerSettings.of(
              own.windows(), choice.adapt(guidance.adapt(own.chain(), choice), weights));
      case AnnealedSamplerSettings own -> {
        guidance.refuseAll(choice, "takes its guidance from the run's settings");
        yield own;
      }
    };
  }

  private double[] weights(SamplerChoice choice) {
    if (ppgnWeights == null) {
      return null;
    }
    if (choice != SamplerChoice.PPGN) {
      GuidanceOptions.refuse("--ppgn-weights", ppgnWeights, choice, "has no free weights");
    }
    if (ppgnWeights.size() != 3) {
      throw new UsageException(
          "--ppgn-weights takes three numbers, such as 20,1,0.01, not %d"
              .formatted(ppgnWeights.size()));
    }
    return ppgnWeights.stream().mapToDouble(weight -> weight).toArray();
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
