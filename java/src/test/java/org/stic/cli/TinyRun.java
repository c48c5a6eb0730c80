package org.stic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of runs that take a moment: few images, a small net, short chains. */
final class TinyRun {
  static final int PASSES = 2;

  private static final String SETTINGS =
      """
      data = "synthetic"
      passes = 2
      training_images = 300
      network.convolutions = [
        {width = 4, kernel = 4, stride = 2, padding = 1},
        {width = 6, kernel = 3, stride = 2, padding = 1},
      ]
      start.epochs = 1
      pass.refreshes = 2
      pass.hard_fakes = 10
      pass.soft_fakes = 3
      pass.updates = 2
      sampler.gram_images = 5
      sampler.steps = 4
      evaluation.samples = 20
      evaluation.steps = 4
      evaluation.correction_steps = 3
      judge.batch = 500
      """;

  private TinyRun() {}

  /** Writes the settings, with more lines at their beginning. */
  static Path writeSettings(Path folder, String... more) throws IOException {
    Path file = folder.resolve("tiny.toml");
    Files.writeString(file, String.join("\n", more) + "\n" + SETTINGS);
    return file;
  }

  /** Trains on the CPU into a new folder. */
  static CommandLineRun train(Path settings, Path run) {
    return CommandLineRun.of(
        "train", "--config", settings.toString(), "--out", run.toString(), "--device", "cpu");
  }

  /** Continues a run. */
  static CommandLineRun resume(Path run) {
    return CommandLineRun.of("train", "--resume", "--out", run.toString(), "--device", "cpu");
  }

  /** The checkpoint of the last pass. */
  static Path lastCheckpoint(Path run) {
    return run.resolve("checkpoints/pass-00" + PASSES + ".safetensors");
  }

  /** Copies a run. */
  static Path copy(Path run, Path to) throws IOException {
    try (var files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(run.relativize(file)));
      }
    }
    return to;
  }
}
