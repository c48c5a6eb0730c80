package org.stic.training;

import org.stic.data.ImageDataset;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.ConfigurationException;

/** What drawings take from real training images: examples of each class, and means. */
final class ReferenceImages {
  private ReferenceImages() {}

  /** The mean of all pixels of all images. */
  static float meanPixel(ImageDataset data) {
    double sum = 0;
    for (float pixel : meanImage(data)) {
      sum += pixel;
    }
    return (float) (sum / data.shape().elements());
  }

  /** The mean of all images, pixel by pixel. */
  static float[] meanImage(ImageDataset data) {
    float[] image = new float[data.shape().elements()];
    double[] sums = new double[image.length];
    for (int index = 0; index < data.count(); index++) {
      data.readImage(index, image, 0);
      for (int element = 0; element < image.length; element++) {
        sums[element] += image[element];
      }
    }
    for (int element = 0; element < image.length; element++) {
      image[element] = (float) (sums[element] / data.count());
    }
    return image;
  }

  /** The same number of training images of each class, one class after another. */
  static float[] ofEachClass(ImageDataset data, int perClass, long seed) {
    int elements = data.shape().elements();
    int classes = data.classNames().size();
    float[] images = new float[Math.multiplyExact(classes * perClass, elements)];
    for (int label = 0; label < classes; label++) {
      int[] chosen = chooseOfClass(data, label, perClass, seed);
      for (int place = 0; place < perClass; place++) {
        data.readImage(chosen[place], images, (label * perClass + place) * elements);
      }
    }
    return images;
  }

  /** Without repetition while the class has enough images. */
  private static int[] chooseOfClass(ImageDataset data, int label, int count, long seed) {
    int[] candidates = data.indicesOfClass(label);
    if (candidates.length == 0) {
      throw new ConfigurationException(
          "the %d training images of %s show no '%s'; raise data_selection.training_images"
              .formatted(data.count(), data.name(), data.classNames().get(label)));
    }
    PhiloxGenerator random = new RandomKey(seed, Purpose.GRAM_IMAGES, label, 0).generator();
    int[] chosen = new int[count];
    for (int place = 0; place < count; place++) {
      int rest = candidates.length - place % candidates.length;
      int picked = random.nextInt(rest);
      chosen[place] = candidates[picked];
      candidates[picked] = candidates[rest - 1];
      candidates[rest - 1] = chosen[place];
    }
    return chosen;
  }
}
