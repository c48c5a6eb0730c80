package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceUnavailableException;
import org.stic.cuda.Provider;
import org.stic.kernels.TuningTable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The option that every command with a device shares. */
final class DeviceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "auto|cuda|cpu",
      defaultValue = "auto",
      converter = Converter.class,
      description = "Where to compute: a GPU, this CPU, or the first that works (default: auto).")
  private DeviceChoice choice;

  @Option(
      names = "--check-launches",
      description =
          "Wait after each kernel, so that one that fails is named; several times slower on a GPU.")
  private boolean checksLaunches;

  @Option(
      names = "--provider",
      paramLabel = "kernels|vendor",
      defaultValue = "kernels",
      converter = ProviderConverter.class,
      description =
          "Who computes dense products and convolutions: this program's kernels, or NVIDIA's cuBLAS"
              + " and cuDNN on a GPU that has them (default: kernels).")
  private Provider provider;

  @Option(
      names = "--explain",
      description =
          "Tell on standard error which kernel serves each product and convolution, and why the"
              + " others do not.")
  private boolean explains;

  @Option(
      names = "--tuning",
      paramLabel = "F.json",
      description =
          "Choose between kernels by this table of 'stic tune' (default: that of the user's cache,"
              + " if there is one).")
  private Path tuning;

  /** Opens the device; the caller closes it. */
  Device open() {
    Device device = openUntuned();
    try {
      Path file = tuning == null ? TuningTable.userFile(device) : tuning;
      if (tuning != null || Files.exists(file)) {
        device.prefer(TuningTable.read(file, device).preferences());
      }
    } catch (IllegalArgumentException e) {
      device.close();
      throw new UsageException(e.getMessage());
    } catch (IOException e) {
      device.close();
      throw new UsageException(
          "--tuning %s cannot be read; name a file that 'stic tune' wrote".formatted(tuning));
    }
    return device;
  }

  /** Opens the device without a table of measurements; the caller closes it. */
  Device openUntuned() {
    Device device = Device.open(choice);
    if (explains) {
      device.explainTo(explanations());
    }
    try {
      device.useProvider(provider);
    } catch (DeviceUnavailableException e) {
      device.close();
      throw new UsageException(e.getMessage());
    }
    if (checksLaunches) {
      device.checkEveryLaunch();
    }
    return device;
  }

  /** Nodes that are alike but for their number are told of once. */
  private Consumer<String> explanations() {
    PrintWriter target = spec.commandLine().getErr();
    Set<String> told = new HashSet<>();
    return text ->
        text.lines()
            .map(line -> line.replaceFirst("%\\d+ ", ""))
            .filter(told::add)
            .forEach(target::println);
  }

  static final class ProviderConverter implements ITypeConverter<Provider> {
    @Override
    public Provider convert(String value) {
      try {
        return Provider.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class Converter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String value) {
      try {
        return DeviceChoice.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
