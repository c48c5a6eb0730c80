package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.graph.Shape;
import org.stic.metrics.ClassificationQuality;
import org.stic.model.SafetensorsException;
import org.stic.report.MetricsFile;
import org.stic.settings.Configuration;
import org.stic.settings.EvaluationSettings;
import org.stic.training.Judge;
import org.stic.training.NetworkSubject;
import org.stic.training.PretrainedClassifier;
import org.stic.training.RunDirectory;
import org.stic.training.SampleMeter;
import org.stic.training.TestAccuracy;
import org.stic.training.TrainedClassifier;
import org.stic.training.TrainedJudge;
import org.stic.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic evaluate}: measures a classifier, and its drawings where it draws. */
@Command(
    name = "evaluate",
    description = {
      "Measure the classifier of a run (--run) or a network with weights from a file (--model,"
          + " --weights, --data): accuracy, likelihood and calibration on test images; on request,"
          + " images of other sets and attacks.",
      "A run's drawings are compared with real images by a judge."
    })
final class EvaluateCommand implements Callable<Integer>, DeviceUser {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private MathOption math;
  @Mixin private ProgressOption progress;
  @Mixin private MeasurementOptions measurements;
  @Mixin private JudgeOptions judges;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of a run that 'stic train' made.")
  private Path run;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A network whose weights are published, such as resnet56.")
  private String model;

  @Option(
      names = "--weights",
      paramLabel = "F.safetensors",
      description = "Weights of --model, under PyTorch's names.")
  private Path weights;

  @Option(names = "--data", paramLabel = "NAME", description = "Image set of --model.")
  private String data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Drawings of a run (default: as its settings say).")
  private Integer samples;

  @Option(
      names = "--noise",
      paramLabel = "S",
      split = ",",
      description =
          "Measure nothing but a run's accuracy on test images with normal noise of this deviation"
              + " on pixels in [-1, 1]; several numbers with commas.")
  private List<Double> noise = List.of();

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter stream = json ? spec.commandLine().getErr() : out;
    try (TrainingDisplay display = new TrainingDisplay(progress.open(stream));
        Device opened = device.open()) {
      if (!noise.isEmpty()) {
        for (NoisyResult row : noisy(opened, display)) {
          out.println(json ? MetricsFile.toJson(row) : row);
        }
        return ExitCode.DONE;
      }
      EvaluationReport report = run == null ? model(opened, display) : run(opened, display);
      out.println(json ? MetricsFile.toJson(report) : EvaluationText.of(report));
      return ExitCode.DONE;
    } catch (SafetensorsException e) {
      // Only files that the user named are safetensors here, or the run's own.
      throw new UsageException(e.getMessage());
    }
  }

  private void check() throws IOException {
    boolean isModel = model != null || weights != null || data != null;
    if ((run != null) == isModel) {
      throw new UsageException(
          "name either a run by --run DIR, or a network by --model NAME --weights F --data NAME");
    }
    if (isModel && (model == null || weights == null || data == null)) {
      throw new UsageException("--model, --weights and --data belong together: name all three");
    }
    if (isModel && (samples != null || !noise.isEmpty() || judges.isGiven())) {
      throw new UsageException(
          "--samples, --noise and --judge are about a run's drawings: name one by --run DIR");
    }
    for (double deviation : noise) {
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new UsageException("--noise must be at least 0 and finite, not " + deviation);
      }
    }
    if (samples != null) {
      Values.requireAtLeast("--samples", samples, SampleMeter.FEWEST);
    }
    if (isModel) {
      data = program.datasets().canonicalName(data);
    }
    measurements.check();
    judges.check();
    ClassifierMeasurement.check(measurements, program.datasets());
    if (isModel) {
      Values.requireFile("--weights", weights);
    } else {
      RunDirectory.open(run);
    }
  }

  /** Accuracy at one noise. */
  private record NoisyResult(double noise, double accuracy) {
    @Override
    public String toString() {
      return "noise %s: accuracy %.2f %%".formatted(noise, 100 * accuracy);
    }
  }

  private List<NoisyResult> noisy(Device opened, TrainingDisplay display) throws IOException {
    RunDirectory directory = math.apply(RunDirectory.open(run));
    ImageSource images = ImageSource.open(program.datasets(), directory.configuration(), display);
    try (var classifier = TrainedClassifier.load(opened, directory, images.train())) {
      return noise.stream()
          .map(s -> new NoisyResult(s, classifier.accuracy(images.test(), s)))
          .toList();
    }
  }

  private EvaluationReport run(Device opened, TrainingDisplay display) throws IOException {
    RunDirectory directory = math.apply(RunDirectory.open(run));
    Configuration configuration = directory.configuration();
    ImageSource images = ImageSource.open(program.datasets(), configuration, display);
    try (TrainedJudge own = images.judge(opened, configuration.judge(), display);
        Judge other = judges.open(opened, images.test());
        var classifier = TrainedClassifier.load(opened, directory, images.train())) {
      Judge judge = other == null ? own : other;
      EvaluationSettings settings = settings(classifier.evaluationSettings(), judge);
      var materials = new Training.Materials(opened, images.train(), images.test(), own);
      var measurement =
          new ClassifierMeasurement(
              measurements, classifier.measured(), images.test(), program.datasets(), display);
      var outliers = measurement.outliers();
      var evaluated = classifier.evaluate(materials, settings, display);
      ImageDataset test = measurements.chosen(images.test());
      return new EvaluationReport(
          run.toString(),
          test.name(),
          measurements.selection(images.test()),
          evaluated.quality(),
          test == images.test() ? evaluated.classification() : classification(measurement, test),
          compare(materials, judge, evaluated.drawings()),
          outliers,
          measurement.robustness(),
          measurement.controls());
    }
  }

  /** With as many drawings as the user asked for, which must be enough for the judge. */
  private EvaluationSettings settings(EvaluationSettings settings, Judge judge) {
    if (samples == null) {
      return settings;
    }
    if (samples <= judge.featureWidth()) {
      throw new UsageException(
          "--samples %d are too few: the %s in %d features needs more images than features"
              .formatted(samples, judge.figures().distance(), judge.featureWidth()));
    }
    return new EvaluationSettings(samples, settings.steps(), settings.correctionSteps());
  }

  /** Too few drawings to be compared are not. */
  private static SampleComparison compare(
      Training.Materials materials, Judge judge, float[] drawings) {
    int count = drawings.length / materials.test().shape().elements();
    if (Math.min(count, materials.test().count()) < SampleMeter.FEWEST) {
      return null;
    }
    try (SampleMeter meter = new SampleMeter(materials.device(), judge, materials.test())) {
      return new SampleComparison(
          judge.name(),
          meter.judgeAccuracy(),
          judge.figures().score(),
          judge.figures().distance(),
          judge.figures().kernelDistance(),
          judge.featureWidth(),
          meter.realImages(),
          "%,d drawings: fresh chains, none left out; as many training images, classes in turn"
              .formatted(count),
          meter.measure(drawings),
          meter.ofReal(materials.train(), count));
    }
  }

  private static ClassificationQuality classification(
      ClassifierMeasurement measurement, ImageDataset test) {
    try (TestAccuracy accuracy = new TestAccuracy(measurement.subject(), test, 0)) {
      return accuracy.quality();
    }
  }

  private EvaluationReport model(Device opened, TrainingDisplay display) throws IOException {
    ImageDataset test = program.datasets().load(data, Split.TEST);
    Shape image = Shape.of(test.shape().channels(), test.shape().height(), test.shape().width());
    opened.useMath(math.orSinglePrecision());
    try (var network =
        PretrainedClassifier.load(opened, model, weights, image, test.classNames().size())) {
      var measurement =
          new ClassifierMeasurement(
              measurements, new NetworkSubject(opened, network), test, program.datasets(), display);
      return new EvaluationReport(
          "%s with weights of %s".formatted(model, weights),
          test.name(),
          measurements.selection(test),
          null,
          classification(measurement, measurements.chosen(test)),
          null,
          measurement.outliers(),
          measurement.robustness(),
          measurement.controls());
    }
  }

  @Override
  public String lowersMemory() {
    return "--samples or --images";
  }
}
