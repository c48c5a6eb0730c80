package org.stic.cli;

import java.nio.file.Path;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.report.Progress;
import org.stic.settings.Configuration;
import org.stic.settings.DataSelection;
import org.stic.training.ImageQuality;
import org.stic.training.PassMetrics;
import org.stic.training.TrainingListener;

/** Tells a person how training gets on. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private final Progress progress;

  TrainingDisplay(Progress progress) {
    this.progress = progress;
  }

  /** Says what is about to be done, with what and where. */
  void introduce(Configuration configuration, ImageSource images, Device device, Path folder) {
    progress.message(
        "%s: %s, %d test images; preset %s, %d passes, seed %d"
            .formatted(
                configuration.data(),
                describe(configuration.dataSelection(), images.train()),
                images.test().count(),
                configuration.preset(),
                configuration.passes(),
                configuration.seed()));
    progress.message("on %s, into %s".formatted(device.name(), folder));
  }

  /** Says which comparison is about to be made, and where. */
  void introduce(String data, int runs, Device device, Path folder) {
    progress.message(
        "%s: comparing by %d runs on %s, into %s".formatted(data, runs, device.name(), folder));
  }

  private static String describe(DataSelection selection, ImageDataset all) {
    int used = Math.min(selection.trainingImages(), all.count());
    String subset =
        selection.subsetSeed() == 0
            ? "the first %d of %d training images".formatted(used, all.count())
            : "%d of %d training images (subset seed %d)"
                .formatted(used, all.count(), selection.subsetSeed());
    String classes =
        selection.classes().isEmpty() ? "" : " of " + String.join(", ", all.classNames());
    String noise =
        selection.labelNoise() == 0
            ? ""
            : ", %.0f %% of the labels redrawn".formatted(100 * selection.labelNoise());
    return subset + classes + noise;
  }

  @Override
  public void progress(String phase, long done, long total, String unit) {
    progress.update(phase, done, total, unit);
  }

  @Override
  public void passFinished(PassMetrics pass) {
    progress.message(
        "pass %d: accuracy %.2f %%, %s, acceptance %s, %.1f s"
            .formatted(
                pass.pass(),
                100 * pass.accuracy(),
                describe(pass.drawings()),
                acceptance(pass.acceptance()),
                pass.trainingSeconds() + pass.evaluationSeconds()));
  }

  /** The quality of a set of images in one line. */
  static String describe(ImageQuality quality) {
    return "hit rate %.1f %%, classifier score %.2f, Frechet distance %.1f, diversity %.2f, high frequencies %.2f"
        .formatted(
            100 * quality.hitRate(),
            quality.classifierScore(),
            quality.frechetDistance(),
            quality.diversity(),
            quality.highFrequency());
  }

  @Override
  public void message(String text) {
    progress.message(text);
  }

  @Override
  public void close() {
    progress.close();
  }

  private static String acceptance(double acceptance) {
    return Double.isNaN(acceptance) ? "not measured" : "%.2f".formatted(acceptance);
  }
}
