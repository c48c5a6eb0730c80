package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.metrics.ClassificationQuality;
import org.stic.model.Safetensors;
import org.stic.report.ImageGrid;
import org.stic.sampler.BrokenChainsException;
import org.stic.settings.Budget;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.EvaluationSettings;
import org.stic.settings.OptimizerSettings;
import org.stic.settings.PassSettings;

/**
 * A run from its start to its last pass: train, measure, store, pass by pass. A run that was cut
 * off at any moment continues from its last checkpoint and ends with the same bits.
 */
public final class Training implements AutoCloseable {
  private static final int MOST_ROLL_BACKS = 3;
  private static final double ROLL_BACK_SCALE = 0.5;
  private static final int GRID_COLUMNS = 10;

  private final Materials materials;
  private final RunDirectory directory;
  private final Configuration configuration;
  private final TrainingListener listener;
  private final ImageDataset data;
  private final DrawingClassifier subject;
  private final Ancestors ancestors;
  private final Fakes fakes;
  private final ChainStarts starts;
  private final Adam adam;
  private final RunEvents events;
  private double rateScale = 1;

  /**
   * What a run works with; it closes none of them.
   *
   * @param train the full training set of the configuration's data
   * @param test the images of its classes that measure
   * @param judge the judge of the drawings
   */
  public record Materials(
      Device device, ImageDataset train, ImageDataset test, TrainedJudge judge) {}

  /**
   * How the updates of a pass went.
   *
   * @param loss their mean loss
   * @param dataWait the share of their time in which they waited for images
   */
  record Progress(double loss, double dataWait) {}

  private Training(Materials materials, RunDirectory directory, TrainingListener listener) {
    this.materials = materials;
    this.directory = directory;
    this.listener = listener;
    configuration = directory.configuration();
    data = DataSelector.training(materials.train(), configuration.dataSelection());
    subject = DrawingClassifier.of(materials.device(), configuration, data);
    events = new RunEvents(directory);
    ancestors = new Ancestors(subject);
    PassSettings pass = configuration.pass();
    fakes = new Fakes(subject.imageElements(), subject.classes(), pass.newestShare());
    starts = ChainStarts.of(pass, subject.imageElements(), subject.classes());
    OptimizerSettings optimizer = pass.optimizer();
    adam =
        new Adam(
            materials.device(),
            subject.weights().trained(),
            optimizer.beta1(),
            optimizer.beta2(),
            optimizer.clipNorm(),
            configuration.regularisation().weightDecay());
  }

  /**
   * Trains a new run in an empty folder.
   *
   * @throws ConfigurationException if the folder holds a run
   * @throws DivergedException if training keeps diverging
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static RunDirectory run(
      Materials materials, Configuration configuration, Path folder, TrainingListener listener)
      throws IOException {
    return finish(materials, RunDirectory.create(folder, configuration), listener);
  }

  /**
   * The same with given weights in place of a start: the run begins with their measurement as pass
   * 0.
   *
   * @param weights a safetensors file with the names of the configuration's network; where its last
   *     layer has rows for the classes alone, "fake" and the critic begin at random
   * @throws IOException if the file is not of the network, naming the tensor
   */
  public static RunDirectory run(
      Materials materials,
      Configuration configuration,
      Path folder,
      Path weights,
      TrainingListener listener)
      throws IOException {
    StartWeights start = StartWeights.of(weights);
    start.read();
    RunDirectory directory = RunDirectory.create(folder, configuration);
    directory.beginWith(start);
    return finish(materials, directory, listener);
  }

  /** Continues the run of a folder after its last checkpoint; a finished run stays as it is. */
  public static RunDirectory resume(Materials materials, Path folder, TrainingListener listener)
      throws IOException {
    return finish(materials, RunDirectory.open(folder), listener);
  }

  private static RunDirectory finish(
      Materials materials, RunDirectory directory, TrainingListener listener) throws IOException {
    try (Training training = new Training(materials, directory, listener)) {
      training.complete();
      return directory;
    }
  }

  private void complete() throws IOException {
    OptionalInt last = directory.lastPass();
    configuration.sampler().cautions().forEach(listener::message);
    directory.truncateMetrics(last.orElse(-1));
    try (Evaluation evaluation =
            new Evaluation(subject, ancestors, materials, configuration.evaluation());
        SelfAnalysisPass selfAnalysis = new SelfAnalysisPass(subject, data, adam, fakes, starts)) {
      if (last.isPresent()) {
        restore(last.getAsInt());
      } else {
        start(evaluation);
      }
      for (int pass = last.orElse(0) + 1; pass <= configuration.passes(); pass++) {
        long began = System.nanoTime();
        Progress progress = pass(selfAnalysis, pass);
        conclude(pass, progress, secondsSince(began), evaluation);
      }
    }
  }

  private void start(Evaluation evaluation) throws IOException {
    long began = System.nanoTime();
    Optional<StartWeights> given = directory.startWeights();
    Progress progress =
        given.isPresent() ? begin(given.get()) : StartTraining.run(subject, data, listener);
    conclude(0, progress, secondsSince(began), evaluation);
  }

  private Progress begin(StartWeights given) throws IOException {
    subject.weights().initialise(configuration.seed());
    subject.begin(given.read());
    return new Progress(0, 0);
  }

  /**
   * Trains a pass; when it diverges, goes back to the checkpoint before it and lowers the rates.
   */
  private Progress pass(SelfAnalysisPass selfAnalysis, int pass) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return selfAnalysis.run(pass, rateScale, listener);
      } catch (DivergedException | BrokenChainsException e) {
        if (attempt == MOST_ROLL_BACKS) {
          throw new DivergedException(
              "%s, even at %s of the learning rate; %s is intact"
                  .formatted(e.getMessage(), rateScale, directory.checkpoint(pass - 1)));
        }
        double scale = rateScale * ROLL_BACK_SCALE;
        restore(pass - 1);
        rateScale = scale;
        listener.message(
            "%s; back to pass %d at %s of the learning rate"
                .formatted(e.getMessage(), pass - 1, scale));
      }
    }
  }

  private void restore(int pass) throws IOException {
    Safetensors content = Checkpoint.read(directory.checkpoint(pass), pass);
    ancestors.restore(directory, pass);
    subject.weights().restore(content);
    ancestors.add();
    adam.restore(content);
    fakes.restore(content);
    starts.restore(content);
    rateScale = Checkpoint.rateScale(content);
  }

  /** Measures and stores a pass; the checkpoint comes last, so that what it promises is there. */
  private void conclude(int pass, Progress progress, double trainingSeconds, Evaluation evaluation)
      throws IOException {
    long began = System.nanoTime();
    ClassificationQuality classification = evaluation.classification();
    Evaluation.SampleQuality quality = evaluation.samples(listener, "evaluation of pass " + pass);
    int shownClasses = writeGrid(directory.samples(pass), quality.images());
    directory.write(record(pass, shownClasses, classification, quality.images()));
    PassMetrics metrics =
        metrics(
            pass,
            progress,
            classification.accuracy(),
            evaluation,
            quality,
            trainingSeconds,
            secondsSince(began));
    directory.append(metrics);
    events.add(metrics);
    Checkpoint.write(
        directory.checkpoint(pass), pass, rateScale, subject.weights(), adam, fakes, starts);
    ancestors.add();
    listener.passFinished(metrics);
  }

  /** Chains and copies are looked at once, after the last pass. */
  private PassRecord record(
      int pass, int shownClasses, ClassificationQuality classification, float[] drawings)
      throws IOException {
    boolean isLast = pass == configuration.passes();
    return new PassRecord(
        pass,
        data.classNames(),
        shownClasses,
        PassRecord.Test.of(classification),
        isLast ? ChainRecord.watch(subject).orElse(null) : null,
        isLast
            ? Memorisation.check(
                materials.device(),
                materials.judge(),
                data,
                materials.test(),
                drawings,
                directory.nearest(pass))
            : null);
  }

  private PassMetrics metrics(
      int pass,
      Progress progress,
      double accuracy,
      Evaluation evaluation,
      Evaluation.SampleQuality quality,
      double trainingSeconds,
      double evaluationSeconds)
      throws IOException {
    EvaluationSettings settings = configuration.evaluation();
    return new PassMetrics(
        pass,
        accuracy,
        evaluation.noisyAccuracy(),
        materials.test().count(),
        quality.quality(),
        evaluation.canvas(),
        evaluation.real(),
        quality.acceptance(),
        quality.correctionStepSize(),
        quality.displacement(),
        quality.classTerm(),
        quality.gramLoss(),
        quality.brokenChains(),
        settings.samples(),
        settings.steps(),
        settings.correctionSteps(),
        materials.judge().name(),
        materials.judge().accuracy(),
        configuration.seed(),
        budget(pass).imageGradients(),
        budget(pass).updates(),
        progress.loss(),
        progress.dataWait(),
        trainingSeconds,
        evaluationSeconds);
  }

  private Budget budget(int pass) throws IOException {
    if (pass > 0) {
      return configuration.budgetPerPass();
    }
    boolean isTrained = directory.startWeights().isEmpty();
    return new Budget(
        0, isTrained ? StartTraining.updates(configuration.start(), data.count()) : 0);
  }

  /**
   * One row for each class that has drawings, as many a row as there are, but not more than ten; of
   * very many classes the first ones.
   *
   * @return the number of rows
   */
  private int writeGrid(Path file, float[] images) throws IOException {
    int elements = subject.imageElements();
    int classes = subject.classes();
    int count = images.length / elements;
    int columns = Math.clamp(count / classes, 1, GRID_COLUMNS);
    var shape = data.shape();
    ImageGrid grid = new ImageGrid(shape.channels(), shape.height(), shape.width(), columns);
    int rows = IntStream.of(classes, count, grid.mostRows()).min().orElseThrow();
    float[] ordered = new float[rows * columns * elements];
    IntStream.range(0, Math.min(classes * columns, count))
        .filter(index -> index % classes < rows)
        .forEach(
            index -> {
              int place = index % classes * columns + index / classes;
              System.arraycopy(images, index * elements, ordered, place * elements, elements);
            });
    grid.write(file, ordered);
    return rows;
  }

  private static double secondsSince(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }

  @Override
  public void close() {
    adam.close();
    subject.close();
  }
}
