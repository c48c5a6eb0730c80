package org.stic.cli;

import java.util.List;
import org.stic.settings.Configuration;
import org.stic.settings.DataSelection;
import picocli.CommandLine.Option;

/** The options of commands that choose the images of a run. */
final class DataSelectionOptions {
  @Option(
      names = "--training-images",
      paramLabel = "N",
      description = "How many training images are used.")
  private Integer trainingImages;

  @Option(
      names = "--classes",
      paramLabel = "A,B,..",
      split = ",",
      description = "Use images of these classes only.")
  private List<String> classes;

  @Option(
      names = "--label-noise",
      paramLabel = "P",
      description = "Redraw each training label with this probability.")
  private Double labelNoise;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description =
          "Resize the shorter side of the images to this and cut out the square in the middle.")
  private Integer imageSize;

  /** Whether none of them was given. */
  boolean isEmpty() {
    return trainingImages == null && classes == null && labelNoise == null && imageSize == null;
  }

  /** The settings with what the options replace. */
  Configuration apply(Configuration configuration) {
    DataSelection selection = configuration.dataSelection();
    if (trainingImages != null) {
      Values.requireAtLeast("--training-images", trainingImages, 1);
      selection = selection.withTrainingImages(trainingImages);
    }
    if (classes != null) {
      selection = selection.withClasses(classes);
    }
    if (labelNoise != null) {
      requireProbability(labelNoise);
      selection = selection.withLabelNoise(labelNoise);
    }
    if (imageSize != null) {
      Values.requireAtLeast("--image-size", imageSize, 1);
      selection = selection.withImageSize(imageSize);
    }
    return configuration.withDataSelection(selection);
  }

  private static void requireProbability(double value) {
    if (!(value >= 0 && value < 1)) {
      throw new UsageException(
          "--label-noise must be a probability of at least 0 and less than 1, not " + value);
    }
  }
}
