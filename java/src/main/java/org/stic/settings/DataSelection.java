package org.stic.settings;

import java.util.HashSet;
import java.util.List;

/**
 * Which images of a data set a run works with. The classes hold for training images, test images
 * and the judge alike; the rest holds for the training images of the classifier alone.
 *
 * @param classes names of the classes; empty for all
 * @param trainingImages how many training images of those classes are used; all where there are
 *     fewer
 * @param subsetSeed 0 takes the first training images; any other number draws a subset in which the
 *     classes are equally frequent up to one image
 * @param labelNoise probability that a training label is redrawn uniformly over the classes, so
 *     that {@code labelNoise * (K - 1) / K} of the labels become wrong; drawn by the subset seed
 * @param imageSize width and height of the images, which are resized and cropped; 0 for their own
 * @param splitSeed draws the test images of a set that comes without; it holds for all images
 */
public record DataSelection(
    List<String> classes,
    int trainingImages,
    long subsetSeed,
    double labelNoise,
    int imageSize,
    long splitSeed) {

  public DataSelection {
    Requirement.notNull("data_selection.classes", classes);
    classes = List.copyOf(classes);
    if (classes.size() == 1 || new HashSet<>(classes).size() != classes.size()) {
      throw new ConfigurationException(
          "data_selection.classes must name two or more different classes, or none for all, not "
              + classes);
    }
    Requirement.atLeast("data_selection.training_images", trainingImages, 1);
    Requirement.atLeast("data_selection.subset_seed", subsetSeed, 0);
    if (!(labelNoise >= 0 && labelNoise < 1)) {
      throw new ConfigurationException(
          "data_selection.label_noise must be a probability of at least 0 and less than 1, not "
              + labelNoise);
    }
    Requirement.atLeast("data_selection.image_size", imageSize, 0);
    Requirement.atLeast("data_selection.split_seed", splitSeed, 0);
  }

  /** The first images of all classes with their own labels. */
  public static DataSelection first(int trainingImages) {
    return new DataSelection(List.of(), trainingImages, 0, 0, 0, 0);
  }

  /** The same selection of other classes. */
  public DataSelection withClasses(List<String> names) {
    return new DataSelection(names, trainingImages, subsetSeed, labelNoise, imageSize, splitSeed);
  }

  /** The same selection with another number of training images. */
  public DataSelection withTrainingImages(int count) {
    return new DataSelection(classes, count, subsetSeed, labelNoise, imageSize, splitSeed);
  }

  /** The same selection with another subset and other redrawn labels. */
  public DataSelection withSubsetSeed(long seed) {
    return new DataSelection(classes, trainingImages, seed, labelNoise, imageSize, splitSeed);
  }

  /** The same selection with another part of redrawn labels. */
  public DataSelection withLabelNoise(double probability) {
    return new DataSelection(
        classes, trainingImages, subsetSeed, probability, imageSize, splitSeed);
  }

  /** The same selection of images of another size. */
  public DataSelection withImageSize(int side) {
    return new DataSelection(classes, trainingImages, subsetSeed, labelNoise, side, splitSeed);
  }
}
