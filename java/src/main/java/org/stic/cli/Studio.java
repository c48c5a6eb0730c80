package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.data.Split;
import org.stic.report.ImageGrid;
import org.stic.sampler.Drawings;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier;

/** A trained classifier on a device, ready to draw. Closes both. */
record Studio(Device device, TrainedClassifier classifier) implements AutoCloseable {

  /** Loads the last pass of a run. */
  static Studio open(RunDirectory run, Datasets datasets, DeviceOption option) throws IOException {
    ImageDataset train = ImageSource.load(datasets, run.configuration(), Split.TRAIN);
    Device device = option.open();
    try {
      return new Studio(device, TrainedClassifier.load(device, run, train));
    } catch (IOException | RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /** The classes that it can draw. */
  List<String> classNames() {
    return classifier.data().classNames();
  }

  /** Writes drawings as one picture. */
  void write(Path file, float[] images, int columns) throws IOException {
    ImageShape shape = classifier.data().shape();
    new ImageGrid(shape.channels(), shape.height(), shape.width(), columns).write(file, images);
  }

  /** How the chains went, as the beginning of a line. */
  static String describe(Drawings drawings) {
    double acceptance = Arrays.stream(drawings.acceptance()).average().orElse(Double.NaN);
    String count = drawings.classTerm().length + " images";
    return Double.isNaN(acceptance)
        ? count + ": "
        : "%s, acceptance of exact steps %.2f: ".formatted(count, acceptance);
  }

  @Override
  public void close() {
    classifier.close();
    device.close();
  }
}
