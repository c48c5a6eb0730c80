package org.stic.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stic.settings.Configuration;

/** Names of run folders for users who name none: runs/mnist-stic, runs/mnist-stic-2 and so on. */
final class RunFolders {
  private static final Path RUNS = Path.of("runs");

  private RunFolders() {}

  /** The first folder that does not exist yet. */
  static Path unused(Configuration configuration) {
    int number = 1;
    while (Files.exists(numbered(configuration, number))) {
      number++;
    }
    return numbered(configuration, number);
  }

  private static Path numbered(Configuration configuration, int number) {
    String name = configuration.data() + "-" + configuration.preset();
    return RUNS.resolve(number == 1 ? name : name + "-" + number);
  }
}
