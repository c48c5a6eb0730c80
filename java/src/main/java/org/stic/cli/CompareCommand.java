package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.stic.comparison.Comparison;
import org.stic.comparison.ComparisonPage;
import org.stic.comparison.ComparisonPlan;
import org.stic.comparison.ComparisonResult;
import org.stic.comparison.Contender;
import org.stic.comparison.InterpolationStudy;
import org.stic.comparison.Outcome;
import org.stic.comparison.PathRow;
import org.stic.cuda.Device;
import org.stic.data.Datasets;
import org.stic.report.MetricsFile;
import org.stic.settings.Configuration;
import org.stic.training.TrainedJudge;
import org.stic.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic compare}: presets against each other and against the control, over seeds. */
@Command(
    name = "compare",
    description = {
      "Train presets with several seeds and compare them in one table and one page.",
      "The control 'vrm', the same updates without drawings, is always among them. Finished runs"
          + " in --out are used again, so that an interrupted comparison goes on."
    })
final class CompareCommand implements Callable<Integer>, DeviceUser {
  private static final String DEFAULT_DATA = "mnist";

  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private ProgressOption progress;
  @Mixin private DataSelectionOptions selection;

  @Option(
      names = "--presets",
      required = true,
      split = ",",
      paramLabel = "A,B,..",
      description = "Presets by name, or files F.toml that change one.")
  private List<String> presets;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = DEFAULT_DATA,
      description = "Image set (default: mnist).")
  private String data;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Repetitions, with seeds 1 to N (default: 3).")
  private int seeds;

  @Option(
      names = "--data-seeds",
      description = "Give each seed a class-balanced training subset of its own.")
  private boolean dataSeeds;

  @Option(
      names = "--interpolations",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also compare the ways between N pairs of classes (default: 0).")
  private int interpolations;

  @Option(names = "--passes", paramLabel = "N", description = "Passes of self-analysis.")
  private Integer passes;

  @Option(
      names = "--config",
      paramLabel = "F.toml",
      description = "Settings that all presets share.")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the runs and the results (default: the next free runs/compare-DATA).")
  private Path out;

  @Option(names = "--json", description = "Print the results as one JSON object for programs.")
  private boolean json;

  /** Where the runs are, once it is known. */
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Values.requireAtLeast("--seeds", seeds, 1);
    Values.requireAtLeast("--interpolations", interpolations, 0);
    data = program.datasets().canonicalName(data);
    folder = out != null ? out : RunFolders.unused("compare-" + Datasets.title(data));
    ComparisonPlan plan = new ComparisonPlan(contenders(), seeds, dataSeeds, folder);
    PrintWriter stream = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    try (TrainingDisplay display = new TrainingDisplay(progress.open(stream))) {
      ComparisonResult result = compare(plan, display);
      display.message(result.text());
      display.message("page        " + folder.resolve("comparison.html"));
      if (json) {
        spec.commandLine().getOut().println(MetricsFile.toJson(result));
      }
      return ExitCode.DONE;
    } catch (CancellationException | ClosedByInterruptException e) {
      throw stopped(e);
    }
  }

  private List<Contender> contenders() throws IOException {
    if (config != null && !Files.isRegularFile(config)) {
      throw new UsageException("--config " + config + " does not exist: name a file of settings");
    }
    List<String> names = new ArrayList<>(presets);
    if (!names.contains(Contender.CONTROL)) {
      names.addFirst(Contender.CONTROL);
    }
    List<Contender> contenders = new ArrayList<>();
    for (String name : names) {
      Contender contender = Contender.read(name, Optional.ofNullable(config), data);
      contenders.add(new Contender(contender.name(), adapt(contender.configuration())));
    }
    return contenders;
  }

  private Configuration adapt(Configuration configuration) {
    if (!program.datasets().canonicalName(configuration.data()).equals(data)) {
      throw new UsageException(
          "--data %s contradicts the settings of %s, which name %s; leave one of them out"
              .formatted(data, configuration.preset(), configuration.data()));
    }
    Configuration selected = selection.apply(configuration.withData(data));
    return passes == null ? selected : selected.withPasses(passes);
  }

  private ComparisonResult compare(ComparisonPlan plan, TrainingDisplay display)
      throws IOException {
    ImageSource images = ImageSource.open(program.datasets(), plan.shared(), display);
    try (Device opened = device.open()) {
      display.introduce(plan.shared().data(), plan.trials().size(), opened, plan.folder());
      try (TrainedJudge judge = images.judge(opened, plan.shared().judge(), display)) {
        var materials = new Training.Materials(opened, images.train(), images.test(), judge);
        List<Outcome> outcomes = new Comparison(materials, display).run(plan);
        List<PathRow> paths = paths(materials, plan, outcomes);
        var result = ComparisonResult.of(plan, outcomes, paths, judge.name(), judge.accuracy());
        result.write(plan.folder());
        new ComparisonPage(plan, outcomes, result).write();
        return result;
      }
    }
  }

  private List<PathRow> paths(
      Training.Materials materials, ComparisonPlan plan, List<Outcome> outcomes)
      throws IOException {
    return interpolations == 0
        ? List.of()
        : new InterpolationStudy(materials, plan.folder(), interpolations).run(outcomes);
  }

  @Override
  public String lowersMemory() {
    return TrainCommand.MEMORY_SETTINGS;
  }

  @Override
  public String kept() {
    return folder == null
        ? ""
        : "every finished pass is kept: continue with the same command and --out " + folder;
  }

  private CancellationException stopped(Exception cause) {
    CancellationException stopped = new CancellationException("interrupted; " + kept());
    stopped.initCause(cause);
    return stopped;
  }
}
