package org.stic.cli;

import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceUnavailableException;
import org.stic.cuda.Provider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that every command with a device shares. */
final class DeviceOption {
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

  /** Opens the device; the caller closes it. */
  Device open() {
    Device device = Device.open(choice);
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
