package org.stic.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.metrics.ClassificationQuality;
import org.stic.random.Purpose;
import org.stic.sampler.AnnealedSampler;
import org.stic.sampler.CascadeDrawer;
import org.stic.sampler.ChainTrace;
import org.stic.sampler.Drawer;
import org.stic.sampler.Drawings;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.StepwiseDrawer;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.EvaluationSettings;
import org.stic.settings.Requirement;

/**
 * The classifier of a run after a pass, for drawing and measuring. Owns its memory on the device.
 */
public final class TrainedClassifier implements AutoCloseable {
  private static final int LARGEST_SET = 100;

  private final DrawingClassifier subject;
  private final Ancestors ancestors;
  private final ImageDataset data;

  private TrainedClassifier(DrawingClassifier subject, Ancestors ancestors, ImageDataset data) {
    this.subject = subject;
    this.ancestors = ancestors;
    this.data = data;
  }

  /**
   * Loads the last pass of a run.
   *
   * @param train the full training set of the run's data
   * @throws ConfigurationException if the run has no checkpoint yet
   */
  public static TrainedClassifier load(Device device, RunDirectory run, ImageDataset train)
      throws IOException {
    int pass =
        run.lastPass()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        run.folder()
                            + " has no checkpoint yet; continue it with 'stic train --resume'"));
    return load(device, run, train, pass);
  }

  /** Loads a pass of a run. */
  public static TrainedClassifier load(
      Device device, RunDirectory run, ImageDataset train, int pass) throws IOException {
    Configuration configuration = run.configuration();
    ImageDataset data = DataSelector.training(train, configuration.dataSelection());
    DrawingClassifier subject = DrawingClassifier.of(device, configuration, data);
    Ancestors ancestors = new Ancestors(subject);
    try {
      ancestors.restore(run, pass);
      subject.weights().restore(Checkpoint.read(run.checkpoint(pass), pass));
    } catch (IOException | RuntimeException e) {
      subject.close();
      throw e;
    }
    return new TrainedClassifier(subject, ancestors, data);
  }

  /** The images it was trained on. */
  public ImageDataset data() {
    return data;
  }

  /**
   * How images are drawn.
   *
   * @param steps steps of the approximate sampler
   * @param correctionSteps steps of the exact sampler after them
   * @param seed number of the drawing: other numbers give other pictures
   */
  public record DrawingSettings(int steps, int correctionSteps, int seed) {
    public DrawingSettings {
      Requirement.atLeast("the number of steps", (long) steps + correctionSteps, 1);
      Requirement.atLeast("seed", seed, 0);
    }
  }

  /**
   * Draws one image for each row of class weights.
   *
   * @param classWeights weights of all classes; each row is not negative and sums to 1
   */
  public Drawings draw(float[][] classWeights, DrawingSettings settings) {
    int first = Math.multiplyExact(settings.seed(), classWeights.length);
    int[] canvases = IntStream.range(first, first + classWeights.length).toArray();
    return draw(classWeights, canvases, settings);
  }

  /**
   * Draws one image for each row of class weights, from canvases that images may share.
   *
   * @param canvases number of each image's canvas
   */
  public Drawings draw(float[][] classWeights, int[] canvases, DrawingSettings settings) {
    int count = classWeights.length;
    for (float[] row : classWeights) {
      requireWeights(row);
    }
    int set = Math.min(LARGEST_SET, count);
    float[] images = new float[count * subject.imageElements()];
    Collector collector = new Collector(count);
    try (Drawer drawer =
        ancestors.drawer(
            settings.steps(), settings.correctionSteps(), Purpose.DRAWING_CANVAS, set)) {
      for (int first = 0; first < count; first += set) {
        int number = Math.multiplyExact(settings.seed(), Math.ceilDiv(count, set)) + first / set;
        int[] chosen =
            IntStream.range(first, first + set)
                .map(i -> canvases[Math.min(i, count - 1)])
                .toArray();
        Drawings drawings = drawer.draw(rows(classWeights, first, set), number, chosen);
        collector.add(drawings, first, images);
      }
    }
    return collector.drawings(images);
  }

  /**
   * Draws one image step by step.
   *
   * @param classWeights weights of all classes, not negative, that sum to 1
   * @return the canvas before the first step and after each one; the last is the drawing
   * @throws ConfigurationException if the classifier does not draw in steps
   */
  public List<float[]> strip(float[] classWeights, DrawingSettings settings) {
    requireWeights(classWeights);
    try (Drawer drawer =
        ancestors.drawer(settings.steps(), settings.correctionSteps(), Purpose.DRAWING_CANVAS, 1)) {
      if (!(drawer instanceof StepwiseDrawer stepwise)) {
        throw new ConfigurationException(
            "only drawings through windows have steps to show; name a run whose sampler.kind is"
                + " 'attentive'");
      }
      int[] canvases = stepwise.canvasesOf(settings.seed());
      float[] start = stepwise.starts(classWeights, canvases);
      List<float[]> frames = new ArrayList<>(List.of(start));
      stepwise.draw(classWeights, settings.seed(), canvases, start, frames::add);
      return frames;
    }
  }

  /**
   * Draws the way from one class to another: every row keeps its canvas while the weight moves.
   *
   * @param columns pictures from one end to the other, at least two
   * @param rows repetitions with different canvases
   * @return pictures row by row
   */
  public Drawings interpolate(int from, int to, int columns, int rows, DrawingSettings settings) {
    float[][] path = path(from, to, subject.classes(), columns);
    float[][] weights =
        IntStream.range(0, rows * columns)
            .mapToObj(index -> path[index % columns])
            .toArray(float[][]::new);
    int first = Math.multiplyExact(settings.seed(), rows);
    int[] canvases =
        IntStream.range(0, weights.length).map(index -> first + index / columns).toArray();
    return draw(weights, canvases, settings);
  }

  /**
   * Watches chains of one class from different canvases, which all sample the same density.
   *
   * @throws ConfigurationException if the classifier does not draw by chains of one density
   */
  public ChainTrace trace(int label, int chains, DrawingSettings settings) {
    float[] weights = new float[chains * subject.classes()];
    for (int chain = 0; chain < chains; chain++) {
      weights[chain * subject.classes() + label] = 1;
    }
    try (Drawer drawer =
        subject.drawer(
            settings.steps(), settings.correctionSteps(), Purpose.DRAWING_CANVAS, chains)) {
      int[] canvases = drawer.canvasesOf(settings.seed());
      return switch (drawer) {
        case ImageSampler sampler ->
            sampler.trace(weights, settings.seed(), canvases[0], sampler.starts(weights, canvases));
        case AnnealedSampler _, CascadeDrawer _, StepwiseDrawer _ ->
            throw new ConfigurationException(
                "chains that change their density on the way cannot be diagnosed; name a run whose"
                    + " sampler.kind is 'guided-langevin' and whose pass.chains are no cascade");
      };
    }
  }

  /**
   * Writes the averaged weights, by the names of PyTorch implementations where the network has one,
   * with what a reader needs to know of them: classes, shape of an image, and settings.
   *
   * @param classesAlone whether the last layer keeps the rows of the classes alone, as a classifier
   *     that does not draw has them
   */
  public void export(Path file, boolean classesAlone) throws IOException {
    ExportedWeights.of(subject, data, file, classesAlone).write();
  }

  /** Class weights of the way from one class to another in equal steps. */
  public static float[][] path(int from, int to, int classes, int columns) {
    Requirement.atLeast("the number of pictures from end to end", columns, 2);
    float[][] weights = new float[columns][classes];
    for (int column = 0; column < columns; column++) {
      float place = column / (columns - 1f);
      weights[column][from] += 1 - place;
      weights[column][to] += place;
    }
    return weights;
  }

  /**
   * Fraction of test images with noise that the classifier gets right.
   *
   * @param noise deviation of normal noise on the pixels, which lie in [-1, 1]; at least 0
   */
  public double accuracy(ImageDataset test, double noise) {
    try (TestAccuracy accuracy = new TestAccuracy(subject.measured(noise), test, noise)) {
      return accuracy.measure();
    }
  }

  /** The classifier as measurements see it; valid until this is closed. */
  public MeasuredClassifier measured() {
    return subject.measured(0);
  }

  /**
   * How many drawings are measured, and with how many steps each, unless something else is asked.
   */
  public EvaluationSettings evaluationSettings() {
    return subject.configuration().evaluation();
  }

  /** Measures the classifier and its drawings as after a pass. */
  public Evaluated evaluate(
      Training.Materials materials, EvaluationSettings settings, TrainingListener listener) {
    try (Evaluation evaluation = new Evaluation(subject, ancestors, materials, settings)) {
      ClassificationQuality classification = evaluation.classification();
      double noisyAccuracy = evaluation.noisyAccuracy();
      Evaluation.SampleQuality samples = evaluation.samples(listener, "evaluation");
      Quality quality =
          new Quality(
              classification.accuracy(),
              noisyAccuracy,
              samples.quality(),
              evaluation.real(),
              samples.acceptance(),
              materials.judge().name(),
              materials.judge().accuracy(),
              settings.samples());
      return new Evaluated(quality, classification, samples.images());
    }
  }

  /**
   * What {@link #evaluate} found.
   *
   * @param classification on all test images
   * @param drawings the drawings, one after another
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Evaluated(
      Quality quality, ClassificationQuality classification, float[] drawings) {}

  /**
   * Figures that a pass keeps too; see {@link PassMetrics} for them.
   *
   * @param samples drawings behind the sample metrics
   */
  public record Quality(
      double accuracy,
      double noisyAccuracy,
      @JsonUnwrapped ImageQuality drawings,
      @JsonUnwrapped(prefix = "real_") ImageQuality real,
      double acceptance,
      String judge,
      double judgeAccuracy,
      int samples) {}

  private void requireWeights(float[] row) {
    int classes = subject.classes();
    double sum = IntStream.range(0, row.length).mapToDouble(k -> row[k]).sum();
    boolean hasNegative = IntStream.range(0, row.length).anyMatch(k -> !(row[k] >= 0));
    if (row.length != classes || hasNegative || !(Math.abs(sum - 1) < 1e-4)) {
      throw new ConfigurationException(
          "class weights must be %d numbers of at least 0 that sum to 1, not %s"
              .formatted(classes, Arrays.toString(row)));
    }
  }

  /** Rows of a set; rows after the last repeat it, and their drawings are dropped. */
  private static float[] rows(float[][] classWeights, int first, int set) {
    int classes = classWeights[0].length;
    float[] rows = new float[set * classes];
    for (int row = 0; row < set; row++) {
      int index = Math.min(first + row, classWeights.length - 1);
      System.arraycopy(classWeights[index], 0, rows, row * classes, classes);
    }
    return rows;
  }

  /** Joins sets of drawings. */
  private static final class Collector {
    private final double[] acceptance;
    private final float[] classTerm;
    private final float[] gramLoss;
    private double displacement;
    private float stepSize;
    private int broken;
    private int stuck;
    private int sets;

    Collector(int count) {
      acceptance = new double[count];
      classTerm = new float[count];
      gramLoss = new float[count];
    }

    void add(Drawings drawings, int first, float[] images) {
      int kept = Math.min(drawings.classTerm().length, classTerm.length - first);
      int elements = drawings.images().length / drawings.classTerm().length;
      System.arraycopy(drawings.images(), 0, images, first * elements, kept * elements);
      System.arraycopy(drawings.acceptance(), 0, acceptance, first, kept);
      System.arraycopy(drawings.classTerm(), 0, classTerm, first, kept);
      System.arraycopy(drawings.gramLoss(), 0, gramLoss, first, kept);
      displacement += drawings.displacement();
      stepSize += drawings.stepSize();
      broken += drawings.brokenChains();
      stuck += drawings.stuckChains();
      sets++;
    }

    Drawings drawings(float[] images) {
      return new Drawings(
          images,
          acceptance,
          stepSize / sets,
          classTerm,
          gramLoss,
          displacement / sets,
          broken,
          stuck);
    }
  }

  @Override
  public void close() {
    subject.close();
  }
}
