package org.stic.cli;

import java.util.List;
import org.stic.sampler.ClassTerm;
import org.stic.settings.CanvasSettings;
import org.stic.settings.GramLayerSettings;
import org.stic.settings.GramSettings;
import org.stic.settings.GramTargetSettings;
import org.stic.settings.GuidedSamplerSettings;
import picocli.CommandLine.Option;

/** Options that change where chains start and what they are drawn to. */
final class GuidanceOptions {
  private static final int IMAGES_PER_CLASS = 100;

  @Option(
      names = "--target",
      paramLabel = "TERM",
      description =
          "Class term: logit, posterior, log-softmax, log-sigmoid, ratio, or joint:A with A from 0"
              + " to 1 (default: the run's).")
  private String target;

  @Option(
      names = "--canvas",
      paramLabel = "KIND",
      description =
          "black, mean, class-gaussian, or the path of a PNG of the images' size; with the run's"
              + " noise (default: the run's).")
  private String canvas;

  @Option(
      names = "--gram-weight",
      paramLabel = "X",
      description = "Weight of the Gram term (default: the run's).")
  private Double gramWeight;

  @Option(
      names = "--gram-layers",
      paramLabel = "LAYERS",
      split = ",",
      description = "Layers of the Gram term, such as input,1,2 (default: the run's).")
  private List<String> gramLayers;

  @Option(
      names = "--gram-target",
      paramLabel = "KIND",
      description = "class-mean or one-image (default: the run's).")
  private String gramTarget;

  /**
   * The run's sampler with what the user changed.
   *
   * @throws UsageException if a word is not known, or the sampler does not use an option
   */
  GuidedSamplerSettings adapt(GuidedSamplerSettings run, SamplerChoice sampler) {
    refuseUnused(sampler);
    GuidedSamplerSettings aimed = target == null ? run : run.withClassTerm(classTerm());
    GuidedSamplerSettings placed = canvas == null ? aimed : aimed.withCanvas(canvas(run.canvas()));
    return placed.withGram(gram(placed.gram()));
  }

  private void refuseUnused(SamplerChoice sampler) {
    if (!sampler.hasGramTerm()) {
      refuseGram(sampler, "has no Gram term");
    }
    if (sampler == SamplerChoice.PPGN) {
      refuse("--gram-weight", gramWeight, sampler, "takes its weights by --ppgn-weights");
    }
  }

  /** Refuses all of these options. */
  void refuseAll(SamplerChoice sampler, String reason) {
    refuse("--target", target, sampler, reason);
    refuse("--canvas", canvas, sampler, reason);
    refuseGram(sampler, reason);
  }

  private void refuseGram(SamplerChoice sampler, String reason) {
    refuse("--gram-weight", gramWeight, sampler, reason);
    refuse("--gram-layers", gramLayers, sampler, reason);
    refuse("--gram-target", gramTarget, sampler, reason);
  }

  /** Refuses an option that was given in vain. */
  static void refuse(String option, Object value, SamplerChoice sampler, String reason) {
    if (value != null) {
      throw new UsageException(
          "--sampler %s %s; leave out %s".formatted(sampler.flag(), reason, option));
    }
  }

  private ClassTerm classTerm() {
    return switch (target) {
      case "logit" -> new ClassTerm.Logit();
      case "posterior" -> new ClassTerm.Posterior();
      case "log-softmax" -> new ClassTerm.LogSoftmax();
      case "log-sigmoid" -> new ClassTerm.LogSigmoid();
      case "ratio" -> new ClassTerm.Ratio();
      default -> joint();
    };
  }

  private ClassTerm joint() {
    double a =
        target.startsWith("joint:") ? Values.number(target.substring("joint:".length())) : -1;
    if (!(a >= 0 && a <= 1)) {
      throw new UsageException(
          "unknown --target '%s'; known are logit, posterior, log-softmax, log-sigmoid, ratio and joint:A with A from 0 to 1"
              .formatted(target));
    }
    return new ClassTerm.Joint(a);
  }

  private CanvasSettings canvas(CanvasSettings run) {
    double noise = run.noise();
    return switch (canvas) {
      case "black" -> new CanvasSettings.Constant(-1, noise);
      case "mean" -> new CanvasSettings.Mean(noise);
      case "class-gaussian" -> new CanvasSettings.ClassGaussian(noise);
      default -> picture(noise);
    };
  }

  private CanvasSettings picture(double noise) {
    if (!canvas.contains(".")) {
      throw new UsageException(
          "unknown --canvas '%s'; known are black, mean, class-gaussian, or the path of a PNG"
              .formatted(canvas));
    }
    return new CanvasSettings.Picture(canvas, noise);
  }

  private GramSettings gram(GramSettings run) {
    GramSettings weighed = gramWeight == null ? run : run.withWeight(gramWeight);
    GramSettings looking = gramLayers == null ? weighed : weighed.withLayers(layers());
    return gramTarget == null ? looking : looking.withTarget(gramTarget(run.target()));
  }

  private List<GramLayerSettings> layers() {
    return GramLayerSettings.of(gramLayers.toArray(String[]::new));
  }

  private GramTargetSettings gramTarget(GramTargetSettings run) {
    return switch (gramTarget) {
      case "one-image" -> new GramTargetSettings.OneImage();
      case "class-mean" ->
          run instanceof GramTargetSettings.ClassMean mean
              ? mean
              : new GramTargetSettings.ClassMean(IMAGES_PER_CLASS);
      default ->
          throw new UsageException(
              "unknown --gram-target '%s'; known are class-mean and one-image"
                  .formatted(gramTarget));
    };
  }
}
