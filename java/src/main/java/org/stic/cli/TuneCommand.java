package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.graph.Shape;
import org.stic.kernels.Tuner;
import org.stic.kernels.TuningTable;
import org.stic.model.ClassifierNetwork;
import org.stic.model.NamedModels;
import org.stic.settings.Configuration;
import org.stic.settings.FeedForwardNetworkSettings;
import org.stic.settings.Preset;
import org.stic.training.TuningWorkload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic tune}: measures which kernel is fastest for each product of a network. */
@Command(
    name = "tune",
    description = {
      "Measure the kernels that can do the same product or convolution on this device, in turn, and"
          + " keep which was fastest.",
      "Later runs on the device choose by it; --explain shows how."
    })
final class TuneCommand implements Callable<Integer>, DeviceUser {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private MathOption math;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "stic",
      description = "Whose network: ${COMPLETION-CANDIDATES} (default: stic).",
      completionCandidates = Completions.Presets.class)
  private String preset;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A network of published weights instead, such as resnet56.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "mnist",
      description = "Images of this set (default: mnist).")
  private String data;

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      description = "Images at a time; several numbers with commas (default: the preset's batch).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--out",
      paramLabel = "F.json",
      description = "The table (default: in the user's cache, where every run finds it).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    for (int batch : batches) {
      Values.requireAtLeast("--batch", batch, 1);
    }
    data = program.datasets().canonicalName(data);
    Configuration configuration = Preset.parse(preset).configuration(data);
    ClassifierNetwork network = network(configuration);
    List<Integer> sizes =
        batches.isEmpty() ? List.of(configuration.pass().batch().total()) : batches;
    try (Device opened = device.openUntuned()) {
      List<TuningTable.Entry> entries = new ArrayList<>();
      for (int size : sizes) {
        entries.addAll(measure(opened, network, size));
      }
      keep(opened, entries);
    }
    return ExitCode.DONE;
  }

  private ClassifierNetwork network(Configuration configuration) throws IOException {
    ImageDataset images = program.datasets().load(data, Split.TEST);
    Shape image =
        Shape.of(images.shape().channels(), images.shape().height(), images.shape().width());
    int classes = images.classNames().size();
    if (model != null) {
      try {
        return NamedModels.of(model, image, classes);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--model: " + e.getMessage());
      }
    }
    if (configuration.network() instanceof FeedForwardNetworkSettings network) {
      return network.network(image, classes);
    }
    throw new UsageException(
        "--preset %s has no feed-forward network to measure; name another, or a --model"
            .formatted(preset));
  }

  private List<TuningTable.Entry> measure(Device opened, ClassifierNetwork network, int size) {
    PrintWriter target = spec.commandLine().getOut();
    List<MathMode> modes =
        math.isGiven() ? List.of(math.orSinglePrecision()) : Arrays.asList(MathMode.values());
    List<TuningTable.Entry> entries = new ArrayList<>();
    try (TuningWorkload workload = new TuningWorkload(opened, network, size)) {
      for (MathMode mode : modes) {
        entries.addAll(
            Tuner.measure(
                opened, workload.calls(), mode, entry -> target.println(describe(entry))));
      }
    }
    return entries;
  }

  private static String describe(TuningTable.Entry entry) {
    String times =
        entry.microseconds().entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry::getValue))
            .map(time -> "%s %.1f us".formatted(time.getKey(), time.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%s %s: %s", entry.math(), entry.work(), times);
  }

  private void keep(Device opened, List<TuningTable.Entry> entries) throws IOException {
    PrintWriter target = spec.commandLine().getOut();
    if (entries.isEmpty()) {
      target.println(
          "nothing to measure: on this device one kernel serves each product of the network");
      return;
    }
    Path file = out == null ? TuningTable.userFile(opened) : out;
    boolean adds = out == null && Files.exists(file);
    TuningTable old = adds ? TuningTable.read(file, opened) : TuningTable.of(opened, List.of());
    old.with(entries).write(file);
    target.println("%d measurements: %s".formatted(entries.size(), file));
  }

  @Override
  public String lowersMemory() {
    return "--batch";
  }
}
