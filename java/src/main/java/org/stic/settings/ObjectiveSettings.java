package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What drawings teach the classifier, besides the cross-entropy on real and mixup images that every
 * pass has.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ObjectiveSettings.None.class, name = "none"),
  @JsonSubTypes.Type(value = ObjectiveSettings.Introspective.class, name = "introspective"),
  @JsonSubTypes.Type(value = ObjectiveSettings.FakeClass.class, name = "fake-class"),
  @JsonSubTypes.Type(value = ObjectiveSettings.Energy.class, name = "energy"),
  @JsonSubTypes.Type(value = ObjectiveSettings.Wasserstein.class, name = "wasserstein"),
  @JsonSubTypes.Type(value = ObjectiveSettings.ScoreMatching.class, name = "score-matching")
})
public sealed interface ObjectiveSettings {

  /** Whether batches must hold drawings. */
  default boolean needsDrawings() {
    return true;
  }

  /** The gap between real images' score and drawings' at which a pass counts as diverged. */
  default double greatestGap() {
    return Double.POSITIVE_INFINITY;
  }

  /** Nothing: there are no drawings. */
  record None() implements ObjectiveSettings {
    @Override
    public boolean needsDrawings() {
      return false;
    }
  }

  /**
   * Logistic loss on the class logit, with real images as positive examples.
   *
   * @param anchorWeight weight of the real images
   * @param hardWeight weight of the hard drawings
   * @param softWeight weight of the soft drawings
   */
  record Introspective(double anchorWeight, double hardWeight, double softWeight)
      implements ObjectiveSettings {
    public Introspective {
      requireWeight("anchor_weight", anchorWeight);
      requireWeight("hard_weight", hardWeight);
      requireWeight("soft_weight", softWeight);
    }
  }

  /**
   * Cross-entropy with "fake" as one more class.
   *
   * @param hardWeight weight of the hard drawings
   * @param softWeight weight of the soft drawings
   */
  record FakeClass(double hardWeight, double softWeight) implements ObjectiveSettings {
    public FakeClass {
      requireWeight("hard_weight", hardWeight);
      requireWeight("soft_weight", softWeight);
    }
  }

  /**
   * Contrast of an energy between real images and drawings.
   *
   * @param function the energy's form, with its sign reversed
   * @param hardWeight weight of the hard drawings
   * @param softWeight weight of the soft drawings
   * @param penalty weight of the squared energy
   * @param greatestGap difference of f between real images and drawings at which a pass counts as
   *     diverged
   */
  record Energy(
      EnergyFunction function,
      double hardWeight,
      double softWeight,
      double penalty,
      double greatestGap)
      implements ObjectiveSettings {
    public Energy {
      Requirement.notNull("objective.function", function);
      requireWeight("hard_weight", hardWeight);
      requireWeight("soft_weight", softWeight);
      requireWeight("penalty", penalty);
      Requirement.positive("objective.greatest_gap", greatestGap);
    }
  }

  /**
   * Contrast of a critic between real images and drawings, with a penalty on its slope.
   *
   * @param hardWeight weight of the hard drawings
   * @param softWeight weight of the soft drawings
   * @param gradientPenalty weight of the squared deviation of the slope from 1
   * @param greatestGap difference of the critic between real images and drawings at which a pass
   *     counts as diverged
   */
  record Wasserstein(
      double hardWeight, double softWeight, double gradientPenalty, double greatestGap)
      implements ObjectiveSettings {
    public Wasserstein {
      requireWeight("hard_weight", hardWeight);
      requireWeight("soft_weight", softWeight);
      requireWeight("gradient_penalty", gradientPenalty);
      Requirement.positive("objective.greatest_gap", greatestGap);
    }
  }

  /**
   * Score matching of noisy real images, with cross-entropy on the same and on clean images.
   *
   * @param form how the score is matched
   * @param scoreWeight weight of score matching; 0 trains a plain classifier of noisy images
   * @param noisyImages how many of the batch's real images are made noisy; the rest, and mixup
   *     images, stay clean
   * @param noisyWeight weight of the noisy images' cross-entropy
   * @param cleanWeight weight of the clean images' cross-entropy
   * @param fakeWeight weight of telling drawings from real images; 0 for no drawings
   */
  record ScoreMatching(
      ScoreForm form,
      double scoreWeight,
      int noisyImages,
      double noisyWeight,
      double cleanWeight,
      double fakeWeight)
      implements ObjectiveSettings {
    public ScoreMatching {
      Requirement.notNull("objective.form", form);
      requireWeight("score_weight", scoreWeight);
      Requirement.atLeast("objective.noisy_images", noisyImages, 1);
      requireWeight("noisy_weight", noisyWeight);
      requireWeight("clean_weight", cleanWeight);
      requireWeight("fake_weight", fakeWeight);
    }

    @Override
    public boolean needsDrawings() {
      return fakeWeight > 0;
    }
  }

  private static void requireWeight(String name, double value) {
    Requirement.between("objective." + name, value, 0, 1e6);
  }
}
