package org.stic.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that measures. */
public final class RunOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cuda|cpu",
      description = "Where kernels run: a GPU, this CPU, or the first that works (default: auto).")
  private String device;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Store the results in this file, for 'compare', 'history' and 'roofline'.")
  private Path out;

  /**
   * Lets benchmarks in this process and in its forks open the chosen device.
   *
   * @throws WrongUseException if there is no such choice, or the file cannot be written
   */
  public void require() {
    if (device != null) {
      try {
        System.setProperty("stic.device", DeviceChoice.parse(device).flag());
      } catch (IllegalArgumentException e) {
        throw new WrongUseException("--device: " + e.getMessage());
      }
    }
    if (out != null) {
      SuiteRun.requireWritable("--out", out);
    }
  }

  /** Whether results are to be stored. */
  boolean isStored() {
    return out != null;
  }

  /**
   * Begins a run that is to be stored: looks at the machine, and measures its ceilings.
   *
   * @param name of the kind of run, a word
   * @param command that was given
   * @return empty where nothing is to be stored
   */
  public Optional<StoredRun> begin(String name, CommandSpec command, Device opened) {
    if (out == null) {
      return Optional.empty();
    }
    List<String> words = command.root().commandLine().getParseResult().originalArgs();
    String text = "stic bench " + String.join(" ", words);
    return Optional.of(new StoredRun(name, text, out, opened));
  }
}
