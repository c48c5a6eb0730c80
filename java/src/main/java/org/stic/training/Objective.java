package org.stic.training;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;
import org.stic.settings.BatchSettings;
import org.stic.settings.FakeLoss;
import org.stic.settings.PassSettings;

/** One term of the training loss. */
sealed interface Objective
    permits CrossEntropyObjective, IntrospectiveObjective, FakeClassObjective {

  /** The term's value, a scalar. */
  Tensor loss(BatchLogits batch);

  /** The sum of several terms. */
  static Tensor sum(List<Objective> objectives, BatchLogits batch) {
    return objectives.stream().map(term -> term.loss(batch)).reduce(Ops::add).orElseThrow();
  }

  /** Cross-entropy on real and mixup images over the classes alone. */
  static List<Objective> ofStart(BatchSettings batch) {
    return classification(batch, false);
  }

  /** The terms of a pass of self-analysis. */
  static List<Objective> ofPass(PassSettings pass) {
    boolean fakeClass = pass.hasFakes() && pass.loss() == FakeLoss.FAKE_CLASS;
    List<Objective> objectives = classification(pass.batch(), fakeClass);
    if (pass.hasFakes()) {
      objectives.add(
          fakeClass
              ? new FakeClassObjective(pass.hardWeight(), pass.softWeight())
              : new IntrospectiveObjective(
                  pass.anchorWeight(), pass.hardWeight(), pass.softWeight()));
    }
    return objectives;
  }

  private static List<Objective> classification(BatchSettings batch, boolean fakeClass) {
    List<Objective> objectives = new ArrayList<>();
    objectives.add(new CrossEntropyObjective(BatchPart.REAL, fakeClass));
    if (batch.mixup() > 0) {
      objectives.add(new CrossEntropyObjective(BatchPart.MIXUP, fakeClass));
    }
    return objectives;
  }
}
