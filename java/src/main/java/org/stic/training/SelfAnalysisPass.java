package org.stic.training;

import java.util.random.RandomGenerator;
import org.stic.data.ImageDataset;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.sampler.Drawer;
import org.stic.sampler.Drawings;
import org.stic.settings.Configuration;
import org.stic.settings.PassSettings;

/**
 * Passes of recurrent self-analysis: draw fakes with the current classifier, learn to tell them
 * from real images, and again. All random choices are functions of the seed and of the pass,
 * refresh and update. Owns its programs.
 */
final class SelfAnalysisPass implements AutoCloseable {
  private static final double LARGEST_LOSS = 1000;

  private final DrawingClassifier subject;
  private final PassSettings settings;
  private final Fakes fakes;
  private final ChainStarts starts;
  private final Drawer drawer;
  private final ClassifierTrainer trainer;

  SelfAnalysisPass(
      DrawingClassifier subject, ImageDataset data, Adam adam, Fakes fakes, ChainStarts starts) {
    this.subject = subject;
    this.fakes = fakes;
    this.starts = starts;
    settings = subject.configuration().pass();
    int steps = subject.configuration().sampler().steps();
    int chains = settings.drawings();
    drawer = chains > 0 ? subject.drawer(steps, 0, Purpose.CANVAS, chains) : null;
    Configuration configuration = subject.configuration();
    BatchComposer composer =
        new BatchComposer(
            data,
            settings.batch(),
            configuration.feed(),
            configuration.start().mixupAlpha(),
            fakes.hard(),
            fakes.soft());
    trainer =
        new ClassifierTrainer(
            subject,
            adam,
            settings.batch(),
            composer,
            Purpose.UPDATE_BATCH,
            subject::passLoss,
            subject::scoreGap);
  }

  /**
   * Trains pass {@code pass}, counted from 1.
   *
   * @param rateScale factor of all learning rates
   * @return mean loss of its updates, and how they were fed
   * @throws DivergedException if the loss is not a number or grows beyond all bounds
   */
  Training.Progress run(int pass, double rateScale, TrainingListener listener) {
    String phase = "pass " + pass;
    int work = settings.drawings() + settings.updates();
    int total = settings.refreshes() * work;
    double lossSum = 0;
    for (int refresh = 0; refresh < settings.refreshes(); refresh++) {
      Cancellation.check();
      listener.progress(phase, (long) refresh * work, total, "drawings and updates");
      int number = (pass - 1) * settings.refreshes() + refresh;
      if (settings.hasFakes()) {
        draw(pass, refresh, number);
      }
      lossSum += requireSane(pass, update(number, rateScale));
    }
    listener.progress(phase, total, total, "drawings and updates");
    double loss = lossSum / (settings.refreshes() * settings.updates());
    return new Training.Progress(loss, trainer.dataWait());
  }

  private void draw(int pass, int refresh, int number) {
    long seed = subject.configuration().seed();
    RandomGenerator random = new RandomKey(seed, Purpose.FAKE_CLASSES, pass, refresh).generator();
    ChainStarts.Start start = starts.next(number, random);
    int[] canvases = drawer.canvasesOf(number);
    float[] images = drawer.starts(start.classWeights(), canvases);
    start.replace(images);
    Drawings drawings = drawer.draw(start.classWeights(), number, canvases, images);
    starts.finish(start, drawings.images());
    fakes.add(drawings, start.classWeights(), settings.hardFakes());
  }

  /** The updates after one refresh; the sum of their losses. */
  private double update(int number, double rateScale) {
    Configuration configuration = subject.configuration();
    long updates = (long) configuration.passes() * settings.refreshes() * settings.updates();
    LearningRate rate = LearningRate.of(settings.optimizer());
    int first = number * settings.updates();
    trainer.begin(StartTraining.NOISE_STEPS + first);
    for (int update = first; update < first + settings.updates(); update++) {
      trainer.update(update, rateScale * rate.at(update, updates));
    }
    return trainer.lossSum();
  }

  /** A loss or gap that is not a number, or beyond any that training can come back from. */
  private double requireSane(int pass, double loss) {
    double gap = trainer.gapSum() / settings.updates();
    double greatestGap = subject.configuration().objective().greatestGap();
    if (!(Math.abs(loss) <= LARGEST_LOSS * settings.updates())) {
      throw new DivergedException(
          "training diverged in pass %d: the loss is %s".formatted(pass, loss));
    }
    if (!(Math.abs(gap) <= greatestGap)) {
      throw new DivergedException(
          "training diverged in pass %d: real images score %s above drawings, more than objective.greatest_gap = %s"
              .formatted(pass, gap, greatestGap));
    }
    return loss;
  }

  @Override
  public void close() {
    trainer.close();
    if (drawer != null) {
      drawer.close();
    }
  }
}
