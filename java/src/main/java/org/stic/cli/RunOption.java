package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.stic.training.RunDirectory;
import picocli.CommandLine.Option;

/** The option of commands that work on a trained run. */
final class RunOption {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a run that 'stic train' made.")
  private Path folder;

  /** Opens the folder. */
  RunDirectory open() throws IOException {
    return RunDirectory.open(folder);
  }
}
