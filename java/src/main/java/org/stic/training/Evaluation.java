package org.stic.training;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.stic.data.ImageDataset;
import org.stic.metrics.ClassificationQuality;
import org.stic.random.Purpose;
import org.stic.sampler.Drawer;
import org.stic.sampler.Drawings;
import org.stic.settings.EvaluationSettings;

/**
 * Measures a classifier: its accuracy on test images, and what an independent judge sees in its
 * drawings. The drawings of all passes start from the same canvases. Owns its programs.
 */
final class Evaluation implements AutoCloseable {
  private static final int LARGEST_SET = 100;

  private static final double NOISE = 0.5;

  private final DrawingClassifier subject;
  private final QualityMeter meter;
  private final ImageQuality real;
  private final EvaluationSettings settings;
  private final TestAccuracy accuracy;
  private final TestAccuracy noisyAccuracy;
  private final Drawer drawer;
  private final ImageQuality canvas;
  private boolean hasWarned;

  Evaluation(
      DrawingClassifier subject,
      Ancestors ancestors,
      Training.Materials materials,
      EvaluationSettings settings) {
    this.subject = subject;
    this.settings = settings;
    ImageDataset test = materials.test();
    meter = new QualityMeter(materials.judge(), test);
    real = meter.ofReal(materials.train(), settings.samples());
    accuracy = new TestAccuracy(subject.measured(0), test, 0);
    noisyAccuracy = new TestAccuracy(subject.measured(NOISE), test, NOISE);
    drawer =
        ancestors.drawer(
            settings.steps(),
            settings.correctionSteps(),
            Purpose.EVALUATION_CANVAS,
            Math.min(LARGEST_SET, settings.samples()));
    canvas = meter.measure(canvases());
  }

  /** What the drawings start from, in the same order. */
  private float[] canvases() {
    int count = settings.samples();
    int set = drawer.count();
    float[] images = new float[Math.ceilDiv(count, set) * set * subject.imageElements()];
    for (int index = 0; index * set < count; index++) {
      float[] starts =
          drawer.starts(subject.classWeights(index * set, set), drawer.canvasesOf(index));
      System.arraycopy(starts, 0, images, index * starts.length, starts.length);
    }
    return Arrays.copyOf(images, count * subject.imageElements());
  }

  /** Fraction of test images that the classifier gets right. */
  double accuracy() {
    return accuracy.measure();
  }

  /** Accuracy, likelihood, calibration and confusion on the test images. */
  ClassificationQuality classification() {
    return accuracy.quality();
  }

  /**
   * The accuracy under normal noise of deviation {@value #NOISE} in units of images in [-1, 1], of
   * whose presence the classifier is told.
   */
  double noisyAccuracy() {
    return noisyAccuracy.measure();
  }

  /** What as many real training images score as there are drawings. */
  ImageQuality real() {
    return real;
  }

  /** What the drawings score before their first step. */
  ImageQuality canvas() {
    return canvas;
  }

  /** Draws {@link EvaluationSettings#samples} images, the classes in turn, and has them judged. */
  SampleQuality samples(TrainingListener listener, String phase) {
    int count = settings.samples();
    int set = drawer.count();
    int sets = Math.ceilDiv(count, set);
    int elements = subject.imageElements();
    float[] images = new float[sets * set * elements];
    Summary summary = new Summary();
    for (int index = 0; index < sets; index++) {
      Cancellation.check();
      listener.progress(phase, (long) index * set, count, "drawings");
      Drawings drawings = drawer.draw(subject.classWeights(index * set, set), index);
      System.arraycopy(drawings.images(), 0, images, index * set * elements, set * elements);
      summary.add(drawings);
    }
    listener.progress(phase, count, count, "drawings");
    warnOfStuckChains(listener, summary.stuck, sets * set);
    return quality(Arrays.copyOf(images, count * elements), summary);
  }

  /** Once in a run is enough: a sampler that does not move rarely begins to. */
  private void warnOfStuckChains(TrainingListener listener, int stuck, int chains) {
    if (2 * stuck > chains && !hasWarned) {
      hasWarned = true;
      listener.message(
          "%d of %d chains stayed on their canvas: they moved no further than their noise and their class term did not rise; raise the sampler's step size or its steps, or lower its Gram weight"
              .formatted(stuck, chains));
    }
  }

  private SampleQuality quality(float[] images, Summary summary) {
    return new SampleQuality(
        images,
        meter.measure(images),
        summary.mean(summary.acceptance),
        summary.mean(summary.stepSize),
        summary.mean(summary.displacement),
        summary.mean(summary.classTerm),
        summary.mean(summary.gramLoss),
        summary.broken);
  }

  /** Sums over sets of drawings of equal size. */
  private static final class Summary {
    private int sets;
    private double acceptance;
    private double stepSize;
    private double displacement;
    private double classTerm;
    private double gramLoss;
    private int broken;
    private int stuck;

    void add(Drawings drawings) {
      sets++;
      acceptance += DoubleStream.of(drawings.acceptance()).average().orElseThrow();
      stepSize += drawings.stepSize();
      displacement += drawings.displacement();
      classTerm += mean(drawings.classTerm());
      gramLoss += mean(drawings.gramLoss());
      broken += drawings.brokenChains();
      stuck += drawings.stuckChains();
    }

    double mean(double sum) {
      return sum / sets;
    }

    private static double mean(float[] values) {
      double sum = 0;
      for (float value : values) {
        sum += value;
      }
      return sum / values.length;
    }
  }

  /**
   * Drawings and their quality; see {@link PassMetrics} for the figures.
   *
   * @param images the drawings, one after another; image i shows class i mod classes
   */
  @SuppressWarnings("ArrayRecordComponent")
  record SampleQuality(
      float[] images,
      ImageQuality quality,
      double acceptance,
      double correctionStepSize,
      double displacement,
      double classTerm,
      double gramLoss,
      int brokenChains) {}

  @Override
  public void close() {
    drawer.close();
    accuracy.close();
    noisyAccuracy.close();
  }
}
