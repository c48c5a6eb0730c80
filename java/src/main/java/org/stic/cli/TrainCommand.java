package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.stic.cuda.Device;
import org.stic.data.Datasets;
import org.stic.report.MetricsFile;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.Preset;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedJudge;
import org.stic.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code stic train}: trains a classifier that draws, from the start or from its last checkpoint.
 */
@Command(
    name = "train",
    description = {
      "Train a classifier that draws what it knows.",
      "Without options: the first 10,000 MNIST images, preset stic, 3 passes."
    })
final class TrainCommand implements Callable<Integer>, DeviceUser {
  /** The settings that lower the use of device memory. */
  static final String MEMORY_SETTINGS =
      "pass.batch, pass.hard_fakes, pass.soft_fakes, evaluation.samples or judge.batch in a"
          + " --config file";

  private static final String DEFAULT_PRESET = "stic";
  private static final String DEFAULT_DATA = "mnist";

  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private MathOption math;
  @Mixin private ProgressOption progress;
  @Mixin private DataSelectionOptions selection;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Settings by name: ${COMPLETION-CANDIDATES} (default: stic).",
      completionCandidates = Completions.Presets.class)
  private String preset;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Image set, such as cifar10 or folder:PATH (default: mnist).")
  private String data;

  @Option(names = "--passes", paramLabel = "N", description = "Passes of self-analysis.")
  private Integer passes;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers.")
  private Long seed;

  @Option(
      names = "--subset-seed",
      paramLabel = "N",
      description =
          "Which training images: 0 the first ones, other numbers a drawn, class-balanced subset.")
  private Long subsetSeed;

  @Option(
      names = "--config",
      paramLabel = "F.toml",
      description = "Settings that replace those of the preset.")
  private Path config;

  @Option(
      names = "--weights",
      paramLabel = "F.safetensors",
      description =
          "Begin with these weights of the settings' network instead of training a start.")
  private Path weights;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run (default: the next free runs/DATA-PRESET).")
  private Path out;

  @Option(names = "--resume", description = "Continue the run in --out after its last checkpoint.")
  private boolean resume;

  @Option(names = "--json", description = "End with one JSON object for programs.")
  private boolean json;

  /** The run's folder, once it is known. */
  private Path folder;

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    Datasets datasets = program.datasets();
    Configuration configuration = resume ? resumed() : configured(datasets);
    folder = out != null ? out : RunFolders.unused(configuration);
    if (!resume) {
      RunDirectory.requireFree(folder);
    }
    if (weights != null) {
      Values.requireFile("--weights", weights);
    }
    PrintWriter stream = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    try (TrainingDisplay display = new TrainingDisplay(progress.open(stream))) {
      RunDirectory run = train(datasets, configuration, display);
      Path report = RunReport.write(run);
      TrainSummary summary = TrainSummary.of(run, report, (System.nanoTime() - began) * 1e-9);
      display.message(summary.text());
      if (json) {
        spec.commandLine().getOut().println(MetricsFile.toJson(summary));
      }
      return ExitCode.DONE;
    } catch (CancellationException | ClosedByInterruptException e) {
      throw stopped(e);
    }
  }

  private RunDirectory train(
      Datasets datasets, Configuration configuration, TrainingDisplay display) throws IOException {
    ImageSource images = ImageSource.open(datasets, configuration, display);
    try (Device opened = device.open()) {
      display.introduce(configuration, images, opened, folder);
      try (TrainedJudge judge = images.judge(opened, configuration.judge(), display)) {
        var materials = new Training.Materials(opened, images.train(), images.test(), judge);
        return resume
            ? Training.resume(materials, folder, display)
            : begin(materials, configuration, display);
      }
    }
  }

  private RunDirectory begin(
      Training.Materials materials, Configuration configuration, TrainingDisplay display)
      throws IOException {
    return weights == null
        ? Training.run(materials, configuration, folder, display)
        : Training.run(materials, configuration, folder, weights, display);
  }

  private Configuration resumed() throws IOException {
    if (out == null) {
      throw new UsageException("--resume needs --out DIR, the folder of the run to continue");
    }
    if (hasSettings()) {
      throw new UsageException(
          "--resume continues with the settings in %s; leave out all options that change settings"
              .formatted(out.resolve("config.toml")));
    }
    return RunDirectory.open(out).configuration();
  }

  private boolean hasSettings() {
    boolean hasNumbers = passes != null || seed != null || subsetSeed != null || weights != null;
    boolean hasNames = preset != null || data != null || config != null;
    return hasNames || hasNumbers || math.isGiven() || !selection.isEmpty();
  }

  private Configuration configured(Datasets datasets) throws IOException {
    Configuration read = config == null ? named(DEFAULT_PRESET, DEFAULT_DATA) : fromFile();
    Configuration base = read.withData(datasets.canonicalName(read.data()));
    Configuration selected = selection.apply(base);
    Configuration drawn =
        subsetSeed == null
            ? selected
            : selected.withDataSelection(selected.dataSelection().withSubsetSeed(subsetSeed));
    Configuration seeded = math.apply(seed == null ? drawn : drawn.withSeed(seed));
    return passes == null ? seeded : seeded.withPasses(passes);
  }

  private Configuration named(String defaultPreset, String defaultData) {
    String name = preset == null ? defaultPreset : preset;
    return Preset.parse(name).configuration(data == null ? defaultData : data);
  }

  private Configuration fromFile() throws IOException {
    if (!Files.isRegularFile(config)) {
      throw new UsageException("--config " + config + " does not exist: name a file of settings");
    }
    Configuration read =
        ConfigurationFile.read(
            config, preset == null ? DEFAULT_PRESET : preset, data == null ? DEFAULT_DATA : data);
    requireAgreement("--preset", preset, read.preset());
    requireAgreement("--data", data, read.data());
    return read;
  }

  private void requireAgreement(String option, String asked, String read) {
    if (asked != null && !asked.equals(read)) {
      throw new UsageException(
          "%s %s contradicts %s, which names %s; leave one of them out"
              .formatted(option, asked, config, read));
    }
  }

  @Override
  public String lowersMemory() {
    return MEMORY_SETTINGS;
  }

  @Override
  public String kept() {
    return folder != null && Files.exists(folder)
        ? "every finished pass is kept: continue with 'stic train --resume --out " + folder + "'"
        : "the run had not begun yet";
  }

  private CancellationException stopped(Exception cause) {
    CancellationException stopped = new CancellationException("interrupted; " + kept());
    stopped.initCause(cause);
    return stopped;
  }
}
