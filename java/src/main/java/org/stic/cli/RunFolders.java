package org.stic.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stic.data.Datasets;
import org.stic.settings.Configuration;

/** Names of run folders for users who name none: runs/mnist-stic, runs/mnist-stic-2 and so on. */
final class RunFolders {
  private static final Path RUNS = Path.of("runs");

  private RunFolders() {}

  /** The first folder that does not exist yet. */
  static Path unused(Configuration configuration) {
    return unused(Datasets.title(configuration.data()) + "-" + configuration.preset());
  }

  /** The first folder of a name that does not exist yet. */
  static Path unused(String name) {
    int number = 1;
    while (Files.exists(numbered(name, number))) {
      number++;
    }
    return numbered(name, number);
  }

  private static Path numbered(String name, int number) {
    return RUNS.resolve(number == 1 ? name : name + "-" + number);
  }
}
