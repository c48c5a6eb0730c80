package org.stic.bench;

import org.stic.cuda.DeviceChoice;
import picocli.CommandLine.Option;

/** The option of every command that measures. */
public final class RunOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cuda|cpu",
      description = "Where kernels run: a GPU, this CPU, or the first that works (default: auto).")
  private String device;

  /**
   * Lets benchmarks in this process and in its forks open the chosen device.
   *
   * @throws WrongUseException if there is no such choice
   */
  public void chooseDevice() {
    if (device == null) {
      return;
    }
    try {
      System.setProperty("stic.device", DeviceChoice.parse(device).flag());
    } catch (IllegalArgumentException e) {
      throw new WrongUseException("--device: " + e.getMessage());
    }
  }
}
