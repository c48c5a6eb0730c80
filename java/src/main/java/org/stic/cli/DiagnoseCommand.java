package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stic.report.MetricsFile;
import org.stic.sampler.ChainTrace;
import org.stic.settings.Configuration;
import org.stic.settings.GuidedSamplerSettings;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier.DrawingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code stic diagnose}: how the chains of a run behave along their steps, and whether they mix.
 */
@Command(
    name = "diagnose",
    description = {
      "Watch the chains of a run step by step: class term, Gram loss, distance from the canvas and"
          + " acceptance.",
      "Ends with effective sample size, split R-hat and autocorrelation of long exact chains."
    })
final class DiagnoseCommand implements Callable<Integer>, DeviceUser {
  private static final int FEWEST_STEPS = 8;

  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private RunOption run;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "What the chains draw (default: the first class).")
  private String className;

  @Option(
      names = "--chains",
      paramLabel = "N",
      defaultValue = "16",
      description = "Number of chains (default: 16).")
  private int chains;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "400",
      description =
          "Exact steps; the first half adapts the step size and does not count (default: 400).")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Number of the drawing; other numbers give other chains (default: 0).")
  private int seed;

  @Option(
      names = "--out",
      paramLabel = "F.html",
      description = "The page (default: chains.html in the run's folder).")
  private Path out;

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Values.requireAtLeast("--chains", chains, 1);
    Values.requireAtLeast("--steps", steps, FEWEST_STEPS);
    Values.requireAtLeast("--seed", seed, 0);
    RunDirectory directory = run.open();
    Path file = out != null ? out : directory.folder().resolve("chains.html");
    ChainSummary summary = diagnose(directory);
    String name = directory.folder().toAbsolutePath().getFileName().toString();
    ChainPage page = new ChainPage(name, summary);
    page.write(file);
    PrintWriter stream = spec.commandLine().getOut();
    stream.println(json ? MetricsFile.toJson(summary) : page.text() + "\npage        " + file);
    return ExitCode.DONE;
  }

  private ChainSummary diagnose(RunDirectory directory) throws IOException {
    Configuration configuration = directory.configuration();
    if (!(configuration.sampler() instanceof GuidedSamplerSettings sampler)) {
      throw new UsageException(
          "%s draws by annealed chains, which change their density from step to step; name a run whose sampler.kind is 'guided-langevin'"
              .formatted(directory.folder()));
    }
    try (Studio studio = Studio.open(directory, program.datasets(), device)) {
      String drawn = className == null ? studio.classNames().getFirst() : className;
      int label = ClassMixture.label(drawn, studio.classNames());
      var settings = new DrawingSettings(configuration.evaluation().steps(), steps, seed);
      ChainTrace trace = studio.classifier().trace(label, chains, settings);
      return ChainSummary.of(drawn, sampler.exact().temperature(), trace);
    }
  }

  @Override
  public String lowersMemory() {
    return "--chains";
  }
}
