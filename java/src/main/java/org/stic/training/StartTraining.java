package org.stic.training;

import java.util.Optional;
import org.stic.data.ImageDataset;
import org.stic.random.Purpose;
import org.stic.settings.Configuration;
import org.stic.settings.StartSettings;

/** Pass 0: the classifier before it has seen a drawing, trained on real and mixup images. */
final class StartTraining {
  /** Noise steps that belong to the start; later updates count on from here. */
  static final int NOISE_STEPS = 1 << 30;

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double CLIP_NORM = 5;
  private static final int PROGRESS_INTERVAL = 10;

  private StartTraining() {}

  /**
   * Initialises and trains the classifier.
   *
   * @return mean loss of all updates, and how they were fed
   * @throws DivergedException if the loss is not finite
   */
  static Training.Progress run(
      DrawingClassifier subject, ImageDataset data, TrainingListener listener) {
    Configuration configuration = subject.configuration();
    StartSettings settings = configuration.start();
    subject.weights().initialise(configuration.seed());
    int updates = updates(settings, data.count());
    BatchComposer composer =
        new BatchComposer(
            data, settings.batch(), configuration.feed(), settings.mixupAlpha(), null, null);
    try (Adam adam =
            new Adam(
                subject.device(),
                subject.weights().trained(),
                BETA1,
                BETA2,
                CLIP_NORM,
                configuration.regularisation().weightDecay());
        ClassifierTrainer trainer =
            new ClassifierTrainer(
                subject,
                adam,
                settings.batch(),
                composer,
                Purpose.START_BATCH,
                subject::startLoss,
                _ -> Optional.empty())) {
      LearningRate rate = new LearningRate.OneCycle(settings.peakRate());
      trainer.begin(0);
      for (int update = 0; update < updates; update++) {
        report(listener, update, updates);
        trainer.update(update, rate.at(update, updates));
      }
      double loss = trainer.lossSum() / updates;
      subject.weights().restart();
      listener.progress("start", updates, updates, "updates");
      return new Training.Progress(requireFinite(loss), trainer.dataWait());
    }
  }

  /** Updates of the start; a round over the data counts real and mixup images. */
  static int updates(StartSettings settings, int images) {
    return (int) Math.max(1, Math.round(settings.epochs() * images / settings.batch().total()));
  }

  private static void report(TrainingListener listener, int update, int updates) {
    Cancellation.check();
    if (update % PROGRESS_INTERVAL == 0) {
      listener.progress("start", update, updates, "updates");
    }
  }

  private static double requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new DivergedException(
          "training diverged in its start: the loss is " + loss + "; lower start.peak_rate");
    }
    return loss;
  }
}
