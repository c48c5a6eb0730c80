package org.stic.training;

import org.stic.data.ImageDataset;
import org.stic.metrics.Accuracy;

/** Attacks a classifier's test images. Owns the attack's programs. */
public final class RobustnessMeter implements AutoCloseable {
  private static final int BATCH = 100;

  private final MeasuredClassifier subject;
  private final Attack attack;
  private final int batch;
  private final AttackProgram program;

  /**
   * Compiles the attack.
   *
   * @param subject stays open as long as this
   * @param images how many will be attacked at least
   */
  public RobustnessMeter(MeasuredClassifier subject, Attack attack, int images) {
    this.subject = subject;
    this.attack = attack;
    batch = Math.min(BATCH, images);
    program = new AttackProgram(subject, attack, batch);
  }

  /** Attacks all images of a set; the last batch is filled up with its last image. */
  public Robustness measure(ImageDataset test, TrainingListener listener) {
    Tally tally = new Tally();
    String phase = "attack %s:%s".formatted(attack.norm(), attack.epsilon());
    for (int first = 0; first < test.count(); first += batch) {
      Cancellation.check();
      listener.progress(phase, first, test.count(), "images");
      attack(test, first, tally);
    }
    listener.progress(phase, test.count(), test.count(), "images");
    return new Robustness(
        attack.norm(),
        attack.epsilon(),
        attack.epsilonOfSignedPixels(),
        attack.steps(),
        attack.stepSize(),
        test.count(),
        (double) tally.clean / test.count(),
        (double) tally.random / test.count(),
        (double) tally.adversarial / test.count());
  }

  private static final class Tally {
    private int clean;
    private int random;
    private int adversarial;
  }

  private void attack(ImageDataset test, int first, Tally tally) {
    int elements = subject.image().intElements();
    int classes = subject.classes();
    float[] images = new float[batch * elements];
    float[] targets = new float[batch * classes];
    int[] labels = new int[batch];
    for (int place = 0; place < batch; place++) {
      int index = Math.min(first + place, test.count() - 1);
      test.readImage(index, images, place * elements);
      labels[place] = test.label(index);
      targets[place * classes + labels[place]] = 1;
    }
    program.set(images, targets, first / batch);
    boolean[] clean = hits(labels);
    program.begin();
    boolean[] random = hits(labels);
    program.attack();
    boolean[] attacked = hits(labels);
    for (int place = 0; place < Math.min(batch, test.count() - first); place++) {
      tally.clean += clean[place] ? 1 : 0;
      tally.random += random[place] ? 1 : 0;
      tally.adversarial += clean[place] && attacked[place] ? 1 : 0;
    }
  }

  private boolean[] hits(int[] labels) {
    return Accuracy.hits(program.logits(), subject.classes(), labels);
  }

  @Override
  public void close() {
    program.close();
  }
}
