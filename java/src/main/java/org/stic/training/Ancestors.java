package org.stic.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stic.random.Purpose;
import org.stic.sampler.CascadeDrawer;
import org.stic.sampler.Drawer;
import org.stic.settings.ChainSettings;

/**
 * The parameters of the passes before a classifier's own, kept where its settings make the passes a
 * cascade, and the drawers of finished classifiers, which run through them.
 */
final class Ancestors {
  private final DrawingClassifier subject;
  private final List<float[]> parameters = new ArrayList<>();

  /** The ancestors of a classifier in its first pass: none. */
  Ancestors(DrawingClassifier subject) {
    this.subject = subject;
  }

  /** Makes the classifier, as it is now, the youngest ancestor of what it becomes. */
  void add() {
    if (isCascade()) {
      parameters.add(subject.weights().average().all().download());
    }
  }

  /**
   * Reads the ancestors of a pass from its run. The classifier's parameters are lost.
   *
   * @param pass its number, which is also the number of its ancestors
   */
  void restore(RunDirectory run, int pass) throws IOException {
    parameters.clear();
    if (isCascade()) {
      for (int ancestor = 0; ancestor < pass; ancestor++) {
        subject.weights().restore(Checkpoint.read(run.checkpoint(ancestor), ancestor));
        add();
      }
    }
  }

  /**
   * A drawer as a finished classifier draws; the caller closes it. It follows what is added later.
   *
   * @param steps approximate steps of each chain under the classifier itself
   * @param correctionSteps exact steps after them
   * @param purpose of its random numbers
   */
  Drawer drawer(int steps, int correctionSteps, Purpose purpose, int count) {
    Drawer present = subject.drawer(steps, correctionSteps, purpose, count);
    if (!isCascade()) {
      return present;
    }
    int olderSteps = subject.configuration().sampler().steps();
    Drawer older = subject.drawer(olderSteps, 0, Purpose.CASCADE, count);
    return new CascadeDrawer(older, present, subject.weights().average().all(), parameters);
  }

  private boolean isCascade() {
    return subject.configuration().pass().chains() instanceof ChainSettings.Cascade;
  }
}
