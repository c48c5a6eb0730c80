package org.stic.cli;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.data.SyntheticShapes;

/** A machine whose MNIST is a few drawn figures, and settings of runs that take a moment on it. */
final class TinyRun {
  static final int PASSES = 2;
  static final int TRAIN_IMAGES = 200;
  static final int TEST_IMAGES = 100;

  private static final String SETTINGS =
      """
      data = "mnist"
      passes = 2
      data_selection.training_images = 100
      network.convolutions = [
        {width = 4, kernel = 4, stride = 2, padding = 1},
        {width = 6, kernel = 3, stride = 2, padding = 1},
      ]
      start.epochs = 1
      pass.refreshes = 2
      pass.hard_fakes = 10
      pass.soft_fakes = 3
      pass.updates = 2
      sampler.step.steps = 4
      evaluation.samples = 20
      evaluation.steps = 4
      evaluation.correction_steps = 3
      judge.batch = 50
      """;

  private final Path data;
  private final Path settings;

  /** Prepares a machine in an empty folder. */
  TinyRun(Path folder) throws IOException {
    data = folder.resolve("data");
    Path mnist = Files.createDirectories(data.resolve("mnist"));
    write(SyntheticShapes.GREY.generate(Split.TRAIN).first(TRAIN_IMAGES), mnist, "train");
    write(SyntheticShapes.GREY.generate(Split.TEST).first(TEST_IMAGES), mnist, "t10k");
    settings = writeSettings(folder.resolve("tiny.toml"), "");
  }

  private static void write(ImageDataset set, Path folder, String part) throws IOException {
    float[] image = new float[set.shape().elements()];
    try (DataOutputStream images = idx(folder.resolve(part + "-images-idx3-ubyte"));
        DataOutputStream labels = idx(folder.resolve(part + "-labels-idx1-ubyte"))) {
      writeHeader(images, 0x803, set.count(), set.shape().height(), set.shape().width());
      writeHeader(labels, 0x801, set.count());
      for (int index = 0; index < set.count(); index++) {
        labels.writeByte(set.label(index));
        set.readImage(index, image, 0);
        for (float pixel : image) {
          images.writeByte(Math.round((pixel + 1) * 127.5f));
        }
      }
    }
  }

  private static DataOutputStream idx(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(new BufferedOutputStream(out));
  }

  private static void writeHeader(DataOutputStream out, int... words) throws IOException {
    for (int word : words) {
      out.writeInt(word);
    }
  }

  /** Writes the settings after a line of the test's own. */
  static Path writeSettings(Path file, String line) throws IOException {
    return Files.writeString(file, line + "\n" + SETTINGS);
  }

  /** The settings' file. */
  Path settings() {
    return settings;
  }

  /** Runs any command on this machine. */
  CommandLineRun command(String... arguments) {
    return CommandLineRun.on(data, arguments);
  }

  /** Trains on the CPU into a new folder. */
  CommandLineRun train(Path run) {
    return train(settings, run, new StringWriter());
  }

  CommandLineRun train(Path file, Path run, Writer out) {
    return CommandLineRun.on(
        data,
        out,
        "train",
        "--config",
        file.toString(),
        "--out",
        run.toString(),
        "--device",
        "cpu");
  }

  /** Continues a run. */
  CommandLineRun resume(Path run) {
    return command("train", "--resume", "--out", run.toString(), "--device", "cpu");
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
