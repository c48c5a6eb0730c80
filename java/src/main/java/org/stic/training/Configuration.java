package org.stic.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.stic.model.ConvolutionSettings;
import org.stic.sampler.ClassTerm;

/**
 * Everything that decides what a run computes. Two runs with equal configurations on the same
 * device give the same bits.
 *
 * @param format version of the run directory's layout, see {@link #FORMAT}
 * @param preset name of the preset that the settings came from; informative
 * @param data name of the data set
 * @param trainingImages how many training images are used, the first ones of the set
 * @param seed seed of all random numbers
 * @param passes passes of self-analysis after the start
 */
public record Configuration(
    int format,
    String preset,
    String data,
    int trainingImages,
    long seed,
    int passes,
    NetworkSettings network,
    StartSettings start,
    PassSettings pass,
    SamplerSettings sampler,
    EvaluationSettings evaluation,
    JudgeSettings judge) {

  /** The layout of run directories that this program reads and writes. */
  public static final int FORMAT = 1;

  public Configuration {
    if (format != FORMAT) {
      throw new ConfigurationException(
          "format %d belongs to another version of the program; this one reads format %d"
              .formatted(format, FORMAT));
    }
    Requirement.notNull("preset", preset);
    Requirement.notNull("data", data);
    Requirement.atLeast("training_images", trainingImages, 1);
    Requirement.atLeast("passes", passes, 0);
    Requirement.notNull("network", network);
    Requirement.notNull("start", start);
    Requirement.notNull("pass", pass);
    Requirement.notNull("sampler", sampler);
    Requirement.notNull("evaluation", evaluation);
    Requirement.notNull("judge", judge);
  }

  /** The same settings with another number of passes. */
  public Configuration withPasses(int count) {
    return new Configuration(
        format,
        preset,
        data,
        trainingImages,
        seed,
        count,
        network,
        start,
        pass,
        sampler,
        evaluation,
        judge);
  }

  /** The same settings with another seed. */
  public Configuration withSeed(long value) {
    return new Configuration(
        format,
        preset,
        data,
        trainingImages,
        value,
        passes,
        network,
        start,
        pass,
        sampler,
        evaluation,
        judge);
  }

  /**
   * The classifier.
   *
   * @param convolutions convolutions in order, each followed by SiLU
   */
  public record NetworkSettings(List<ConvolutionSettings> convolutions) {
    public NetworkSettings {
      Requirement.notNull("network.convolutions", convolutions);
      convolutions = List.copyOf(convolutions);
      Requirement.atLeast("the number of network.convolutions", convolutions.size(), 1);
    }
  }

  /**
   * How many images of each kind one update sees, in this order.
   *
   * @param real real images
   * @param mixup convex combinations of two real images
   * @param hard drawings of one class
   * @param soft drawings of a mixture of two classes
   */
  public record BatchSettings(int real, int mixup, int hard, int soft) {
    public BatchSettings {
      Requirement.atLeast("batch.real", real, 1);
      Requirement.atLeast("batch.mixup", mixup, 0);
      Requirement.atLeast("batch.hard", hard, 0);
      Requirement.atLeast("batch.soft", soft, 0);
    }

    /** All images of the batch. */
    public int total() {
      return real + mixup + hard + soft;
    }
  }

  /**
   * Pass 0: vicinal risk minimisation on real and mixup images, with Adam and a one-cycle learning
   * rate.
   *
   * @param epochs rounds over the training images, counting each batch's real and mixup images
   * @param peakRate highest learning rate of the cycle
   * @param mixupAlpha mixup weights are Beta(alpha, alpha)
   * @param inputNoise deviation of the normal noise on every image that the net is trained on, in
   *     every pass
   */
  public record StartSettings(
      double epochs, double peakRate, double mixupAlpha, double inputNoise, BatchSettings batch) {
    public StartSettings {
      Requirement.positive("start.epochs", epochs);
      Requirement.positive("start.peak_rate", peakRate);
      Requirement.positive("start.mixup_alpha", mixupAlpha);
      Requirement.between("start.input_noise", inputNoise, 0, 1);
      Requirement.notNull("start.batch", batch);
      if (batch.hard() + batch.soft() > 0) {
        throw new ConfigurationException(
            "start.batch has no drawings yet: hard and soft must be 0");
      }
    }
  }

  /** What drawings teach the classifier. */
  public enum FakeLoss {
    /** Logistic loss on the class logit, with real images as positive examples. */
    @JsonProperty("introspective")
    INTROSPECTIVE,
    /** Cross-entropy with "fake" as one more class. */
    @JsonProperty("fake-class")
    FAKE_CLASS
  }

  /**
   * One pass of self-analysis: {@code refreshes} times, draw fakes with the current net and make
   * {@code updates} updates with Adam.
   *
   * @param refreshes how often new drawings are made in a pass
   * @param hardFakes drawings of one class per refresh
   * @param softFakes drawings of two classes' mixture per refresh
   * @param updates updates after each refresh
   * @param loss what drawings teach
   * @param anchorWeight weight of the real images' logistic loss; introspective loss only
   * @param hardWeight weight of the hard drawings' loss
   * @param softWeight weight of the soft drawings' loss
   * @param firstRate learning rate of the first update of pass 1
   * @param lastRate learning rate of the last update of the last pass, reached linearly
   * @param beta1 decay of Adam's mean gradient
   * @param beta2 decay of Adam's mean squared gradient
   * @param clipNorm longest gradient; longer ones are scaled down
   */
  public record PassSettings(
      int refreshes,
      int hardFakes,
      int softFakes,
      int updates,
      BatchSettings batch,
      FakeLoss loss,
      double anchorWeight,
      double hardWeight,
      double softWeight,
      double firstRate,
      double lastRate,
      double beta1,
      double beta2,
      double clipNorm) {
    public PassSettings {
      Requirement.atLeast("pass.refreshes", refreshes, 1);
      Requirement.atLeast("pass.updates", updates, 1);
      Requirement.notNull("pass.batch", batch);
      Requirement.atLeast("pass.hard_fakes", hardFakes, batch.hard() > 0 ? 1 : 0);
      Requirement.atLeast("pass.soft_fakes", softFakes, batch.soft() > 0 ? 1 : 0);
      Requirement.notNull("pass.loss", loss);
      Requirement.between("pass.anchor_weight", anchorWeight, 0, 1e6);
      Requirement.between("pass.hard_weight", hardWeight, 0, 1e6);
      Requirement.between("pass.soft_weight", softWeight, 0, 1e6);
      Requirement.positive("pass.first_rate", firstRate);
      Requirement.positive("pass.last_rate", lastRate);
      Requirement.between("pass.beta1", beta1, 0, 0.9999);
      Requirement.between("pass.beta2", beta2, 0, 0.999999);
      Requirement.positive("pass.clip_norm", clipNorm);
    }

    /** Whether the passes draw and learn from drawings at all. */
    public boolean hasFakes() {
      return batch.hard() + batch.soft() > 0;
    }
  }

  /** What a chain starts from, before the noise. */
  public enum Canvas {
    /** Pixel value -1 everywhere. */
    @JsonProperty("black")
    BLACK,
    /** The mean of all pixels of the training images. */
    @JsonProperty("mean")
    MEAN
  }

  /**
   * The sampler of all drawings.
   *
   * @param classTerm what draws the image to its classes
   * @param gramWeight weight lambda of the Gram loss; {@code stepSize * gramWeight} above about 25
   *     is unstable
   * @param gramLayers how many of the first convolutions the Gram loss looks at
   * @param gramImages real training images per class behind each Gram target
   * @param stepSize step eps of the approximate sampler
   * @param temperature temperature of the approximate sampler; its noise variance is {@code 2 eps
   *     T}
   * @param steps steps of a chain during training
   * @param canvasNoise deviation of the canvas's normal noise
   * @param correctionStepSize first step size of the exact sampler, adapted from there
   * @param correctionTemperature temperature of the exact sampler
   */
  public record SamplerSettings(
      ClassTerm classTerm,
      double gramWeight,
      int gramLayers,
      int gramImages,
      double stepSize,
      double temperature,
      int steps,
      Canvas canvas,
      double canvasNoise,
      double correctionStepSize,
      double correctionTemperature) {
    public SamplerSettings {
      Requirement.notNull("sampler.class_term", classTerm);
      Requirement.between("sampler.gram_weight", gramWeight, 0, 1e6);
      Requirement.atLeast("sampler.gram_layers", gramLayers, 0);
      Requirement.atLeast("sampler.gram_images", gramImages, 1);
      Requirement.positive("sampler.step_size", stepSize);
      Requirement.between("sampler.temperature", temperature, 0, 1e6);
      Requirement.atLeast("sampler.steps", steps, 1);
      Requirement.notNull("sampler.canvas", canvas);
      Requirement.between("sampler.canvas_noise", canvasNoise, 0, 2);
      Requirement.positive("sampler.correction_step_size", correctionStepSize);
      Requirement.positive("sampler.correction_temperature", correctionTemperature);
    }
  }

  /**
   * What is measured after each pass.
   *
   * @param samples drawings, spread evenly over the classes
   * @param steps steps of the approximate sampler
   * @param correctionSteps steps of the exact sampler after them, which give the acceptance
   */
  public record EvaluationSettings(int samples, int steps, int correctionSteps) {
    public EvaluationSettings {
      Requirement.atLeast("evaluation.samples", samples, 2);
      Requirement.atLeast("evaluation.steps", steps, 1);
      Requirement.atLeast("evaluation.correction_steps", correctionSteps, 0);
    }
  }

  /**
   * Training of the judge, on the full training set.
   *
   * @param epochs rounds over the training images
   * @param batch images of one update
   * @param peakRate highest learning rate of the cycle
   * @param seed its own seed, so that runs of all seeds share one judge
   */
  public record JudgeSettings(int epochs, int batch, double peakRate, long seed) {
    public JudgeSettings {
      Requirement.atLeast("judge.epochs", epochs, 1);
      Requirement.atLeast("judge.batch", batch, 1);
      Requirement.positive("judge.peak_rate", peakRate);
    }
  }
}
