package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.stic.cuda.Device;
import org.stic.report.MetricsFile;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier;
import org.stic.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic evaluate}: measures a run's classifier and its drawings. */
@Command(
    name = "evaluate",
    description = "Measure the classifier of a run on test images, and its drawings by the judge.")
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private RunOption run;
  @Mixin private ProgressOption progress;

  @Option(
      names = "--noise",
      paramLabel = "S",
      split = ",",
      description =
          "Measure nothing but the accuracy on test images with normal noise of this deviation on"
              + " pixels in [-1, 1]; several numbers with commas.")
  private List<Double> noise = List.of();

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = run.open();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter stream = json ? spec.commandLine().getErr() : out;
    if (!noise.isEmpty()) {
      for (NoisyResult row : noisy(directory, stream)) {
        out.println(json ? MetricsFile.toJson(row) : row);
      }
      return ExitCode.DONE;
    }
    TrainedClassifier.Quality quality;
    try (TrainingDisplay display = new TrainingDisplay(progress.open(stream))) {
      quality = evaluate(directory, display);
    }
    out.println(json ? MetricsFile.toJson(quality) : text(quality));
    return ExitCode.DONE;
  }

  /** Accuracy at one noise. */
  private record NoisyResult(double noise, double accuracy) {
    @Override
    public String toString() {
      return "noise %s: accuracy %.2f %%".formatted(noise, 100 * accuracy);
    }
  }

  private List<NoisyResult> noisy(RunDirectory directory, PrintWriter stream) throws IOException {
    for (double deviation : noise) {
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new UsageException("--noise must be at least 0 and finite, not " + deviation);
      }
    }
    try (TrainingDisplay display = new TrainingDisplay(progress.open(stream));
        Device opened = device.open()) {
      ImageSource images = ImageSource.open(program.datasets(), directory.configuration(), display);
      try (var classifier = TrainedClassifier.load(opened, directory, images.train())) {
        return noise.stream()
            .map(s -> new NoisyResult(s, classifier.accuracy(images.test(), s)))
            .toList();
      }
    }
  }

  private TrainedClassifier.Quality evaluate(RunDirectory directory, TrainingDisplay display)
      throws IOException {
    var configuration = directory.configuration();
    ImageSource images = ImageSource.open(program.datasets(), configuration, display);
    try (Device opened = device.open();
        var judge = images.judge(opened, configuration.judge(), display);
        var classifier = TrainedClassifier.load(opened, directory, images.train())) {
      var materials = new Training.Materials(opened, images.train(), images.test(), judge);
      return classifier.evaluate(materials, display);
    }
  }

  private static String text(TrainedClassifier.Quality quality) {
    return """
    accuracy %.2f %%, under noise of deviation 0.5 %.2f %%
    %d drawings: %s
    as many real images: %s
    judge: %s, itself right on %.2f %% of the test images\
    """
        .formatted(
            100 * quality.accuracy(),
            100 * quality.noisyAccuracy(),
            quality.samples(),
            TrainingDisplay.describe(quality.drawings()),
            TrainingDisplay.describe(quality.real()),
            quality.judge(),
            100 * quality.judgeAccuracy());
  }
}
