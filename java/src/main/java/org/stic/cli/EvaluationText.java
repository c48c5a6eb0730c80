package org.stic.cli;

import java.util.List;
import java.util.Locale;
import org.stic.metrics.Calibration;
import org.stic.metrics.ClassificationQuality;
import org.stic.metrics.SetCoverage;
import org.stic.report.Table;
import org.stic.training.ImageQuality;
import org.stic.training.OutlierDetection;
import org.stic.training.Robustness;
import org.stic.training.SampleFigures;
import org.stic.training.TrainedClassifier;

/** What an evaluation found, for people, within 100 columns. */
final class EvaluationText {
  /** Accuracy that an attack in a huge ball may leave. */
  private static final double SUSPICIOUS = 0.05;

  private static final double LEVELS = 255;

  private final StringBuilder text = new StringBuilder();

  private EvaluationText() {}

  /** The whole report. */
  static String of(EvaluationReport report) {
    EvaluationText text = new EvaluationText();
    text.classification(report);
    if (report.quality() != null) {
      text.pictures(report.quality());
    }
    if (report.samples() != null) {
      text.samples(report.samples());
    }
    if (!report.outliers().isEmpty()) {
      text.outliers(report.outliers());
    }
    if (!report.robustness().isEmpty()) {
      text.robustness(report.robustness(), report.attackControls());
    }
    return text.text.toString().stripTrailing();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void classification(EvaluationReport report) {
    ClassificationQuality found = report.classification();
    line(
        "accuracy %.2f %% (%,d images: %s)"
            .formatted(100 * found.accuracy(), found.images(), report.testSelection()));
    if (report.quality() != null) {
      line(
          "under noise of deviation 0.5 on pixels in [-1, 1] %.2f %%"
              .formatted(100 * report.quality().noisyAccuracy()));
    }
    if (!Double.isNaN(found.topFiveAccuracy())) {
      line("top-5 accuracy %.2f %%".formatted(100 * found.topFiveAccuracy()));
    }
    line("negative log-likelihood %.4f nats".formatted(found.negativeLogLikelihood()));
    line(
        "expected calibration error %.4f (%d bins of equal width, by the largest probability)"
            .formatted(found.calibration().expectedError(), Calibration.BINS));
  }

  /** What the run's own judge says, as after a pass. */
  private void pictures(TrainedClassifier.Quality quality) {
    ImageQuality drawn = quality.drawings();
    ImageQuality real = quality.real();
    text.append('\n');
    line("%,d drawings and as many real training images, the floor:".formatted(quality.samples()));
    text.append(
        new Table("", "drawings", "real")
            .row("hit rate, %", tenths(100 * drawn.hitRate()), tenths(100 * real.hitRate()))
            .row("diversity", hundredths(drawn.diversity()), hundredths(real.diversity()))
            .row(
                "high frequencies",
                hundredths(drawn.highFrequency()),
                hundredths(real.highFrequency())));
    line(
        "judge: %s, itself right on %.2f %% of the test images"
            .formatted(quality.judge(), 100 * quality.judgeAccuracy()));
  }

  private void samples(SampleComparison samples) {
    SampleFigures drawn = samples.drawings();
    SampleFigures real = samples.floor();
    text.append('\n');
    Table table =
        new Table("", "drawings", "real")
            .row(samples.scoreName(), hundredths(drawn.score()), hundredths(real.score()))
            .row("its mean over ten parts", parts(drawn), parts(real))
            .row(samples.distanceName(), distance(drawn), distance(real))
            .row(samples.kernelDistanceName(), kernel(drawn), kernel(real));
    coverage(table, drawn.coverage(), real.coverage());
    text.append(table);
    line(samples.selection());
    line(
        "distances from %,d test images; kernel distance over %d subsets of %d; neighbours k = %d"
            .formatted(
                samples.realImages(),
                drawn.kernelDistance().subsets(),
                drawn.kernelDistance().subsetSize(),
                drawn.coverage().k()));
    if (Double.isNaN(drawn.frechetDistance())) {
      line(
          "no Frechet distance: it needs more images than the %d features"
              .formatted(samples.features()));
    }
    line("judge: %s".formatted(samples.judge()));
    if (!Double.isNaN(samples.judgeAccuracy())) {
      line("itself right on %.2f %% of the test images".formatted(100 * samples.judgeAccuracy()));
    }
  }

  private static void coverage(Table table, SetCoverage drawn, SetCoverage real) {
    table
        .row("precision", thousandths(drawn.precision()), thousandths(real.precision()))
        .row("recall", thousandths(drawn.recall()), thousandths(real.recall()))
        .row("density", thousandths(drawn.density()), thousandths(real.density()))
        .row("coverage", thousandths(drawn.coverage()), thousandths(real.coverage()));
  }

  private static String tenths(double value) {
    return "%.1f".formatted(value);
  }

  private static String hundredths(double value) {
    return "%.2f".formatted(value);
  }

  private static String thousandths(double value) {
    return "%.3f".formatted(value);
  }

  private static String parts(SampleFigures figures) {
    return "%.2f ± %.2f".formatted(figures.scoreOfTenths(), figures.scoreDeviation());
  }

  private static String distance(SampleFigures figures) {
    return Double.isNaN(figures.frechetDistance())
        ? "-"
        : "%.3f".formatted(figures.frechetDistance());
  }

  private static String kernel(SampleFigures figures) {
    return "%.5f ± %.5f"
        .formatted(figures.kernelDistance().mean(), figures.kernelDistance().standardError());
  }

  private void outliers(List<OutlierDetection> found) {
    text.append('\n');
    Table table =
        new Table("area under ROC against", "images", "max softmax", "logsumexp", "-|gradient|");
    for (OutlierDetection row : found) {
      table.row(
          row.others(),
          "%,d".formatted(row.otherImages()),
          thousandths(row.maximumSoftmax()),
          thousandths(row.logSumExp()),
          thousandths(row.gradientNorm()));
    }
    text.append(table);
    line("beside %,d test images; 0.5 is chance".formatted(found.getFirst().images()));
  }

  private void robustness(List<Robustness> found, List<Robustness> controls) {
    Robustness first = found.getFirst();
    text.append('\n');
    Table table =
        new Table(
            "attack", "radius", "in [-1, 1]", "in 255ths", "clean, %", "random, %", "attacked, %");
    found.forEach(row -> attack(table, row));
    controls.forEach(row -> attack(table, row));
    text.append(table);
    line(
        "PGD, %d steps of 2.5 radii / steps from a random start; the first %,d test images"
            .formatted(first.steps(), first.images()));
    line("radius in units of pixels in [0, 1]; random: the start alone, no gradient used");
    for (Robustness control : controls) {
      boolean isMasked = control.adversarialAccuracy() > SUSPICIOUS;
      line(
          "control %s:%s on %,d images %s"
              .formatted(
                  control.norm().toString().toUpperCase(Locale.ROOT),
                  number(control.epsilon()),
                  control.images(),
                  isMasked
                      ? "leaves accuracy that no classifier has: its gradients mislead, trust no"
                          + " figure above"
                      : "leaves next to nothing, as it must where gradients lead the way"));
    }
  }

  private static void attack(Table table, Robustness row) {
    table.row(
        row.norm(),
        number(row.epsilon()),
        number(row.epsilonOfSignedPixels()),
        tenths(LEVELS * row.epsilon()),
        tenths(100 * row.cleanAccuracy()),
        tenths(100 * row.randomAccuracy()),
        tenths(100 * row.adversarialAccuracy()));
  }

  private static String number(double value) {
    return "%.4g".formatted(value);
  }
}
