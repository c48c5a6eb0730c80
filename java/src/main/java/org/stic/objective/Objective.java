package org.stic.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;
import org.stic.settings.BatchSettings;
import org.stic.settings.ObjectiveSettings;

/** One term of the training loss. */
public sealed interface Objective
    permits CrossEntropyObjective,
        IntrospectiveObjective,
        FakeClassObjective,
        EnergyObjective,
        WassersteinObjective {

  /** The term's value, a scalar. */
  Tensor loss(BatchView batch);

  /**
   * How much higher the term scores real images than drawings, a scalar; empty where no score is
   * compared. Chains that cannot climb any more show as a gap that runs away.
   */
  default Optional<Tensor> gap(BatchView batch) {
    return Optional.empty();
  }

  /** The sum of several terms. */
  static Tensor sum(List<Objective> objectives, BatchView batch) {
    return objectives.stream().map(term -> term.loss(batch)).reduce(Ops::add).orElseThrow();
  }

  /** The first gap among several terms. */
  static Optional<Tensor> gap(List<Objective> objectives, BatchView batch) {
    return objectives.stream().flatMap(term -> term.gap(batch).stream()).findFirst();
  }

  /**
   * Cross-entropy on real and mixup images over the classes alone.
   *
   * @param smoothing share of the labels' mass that is spread over all classes
   */
  static List<Objective> ofStart(BatchSettings batch, double smoothing) {
    return classification(batch, false, smoothing);
  }

  /**
   * The terms of a pass of self-analysis.
   *
   * @param smoothing share of the labels' mass that is spread over all classes
   */
  static List<Objective> ofPass(ObjectiveSettings settings, BatchSettings batch, double smoothing) {
    boolean fakeClass = settings instanceof ObjectiveSettings.FakeClass;
    List<Objective> objectives = classification(batch, fakeClass, smoothing);
    ofDrawings(settings).ifPresent(objectives::add);
    return objectives;
  }

  private static Optional<Objective> ofDrawings(ObjectiveSettings settings) {
    return switch (settings) {
      case ObjectiveSettings.None _ -> Optional.empty();
      case ObjectiveSettings.Introspective(double anchor, double hard, double soft) ->
          Optional.of(new IntrospectiveObjective(anchor, hard, soft));
      case ObjectiveSettings.FakeClass(double hard, double soft) ->
          Optional.of(new FakeClassObjective(hard, soft));
      case ObjectiveSettings.Energy energy ->
          Optional.of(
              new EnergyObjective(
                  energy.function(), energy.hardWeight(), energy.softWeight(), energy.penalty()));
      case ObjectiveSettings.ScoreMatching _ ->
          throw new IllegalArgumentException("score matching takes a score network");
      case ObjectiveSettings.Wasserstein critic ->
          Optional.of(
              new WassersteinObjective(
                  critic.hardWeight(), critic.softWeight(), critic.gradientPenalty()));
    };
  }

  private static List<Objective> classification(
      BatchSettings batch, boolean fakeClass, double smoothing) {
    List<Objective> objectives = new ArrayList<>();
    objectives.add(new CrossEntropyObjective(BatchPart.REAL, fakeClass, smoothing));
    if (batch.mixup() > 0) {
      objectives.add(new CrossEntropyObjective(BatchPart.MIXUP, fakeClass, smoothing));
    }
    return objectives;
  }
}
