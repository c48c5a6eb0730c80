package org.stic.training;

import java.util.List;
import org.stic.data.ImageDataset;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.sampler.ClassImages;
import org.stic.settings.ConfigurationException;

/** What drawings take from real training images: examples of each class, and means. */
final class ReferenceImages implements ClassImages {
  private static final int MOST_DECODED = 1000;

  private final ImageDataset data;
  private final List<int[]> indices;

  /**
   * The images of a set by their classes.
   *
   * @throws ConfigurationException if there is a class without images
   */
  ReferenceImages(ImageDataset data) {
    this.data = data;
    indices = data.indicesByClass();
    for (int label = 0; label < indices.size(); label++) {
      requireSome(label);
    }
  }

  private void requireSome(int label) {
    if (indices.get(label).length == 0) {
      throw new ConfigurationException(
          "the %d training images of %s show no '%s'; raise data_selection.training_images"
              .formatted(data.count(), data.name(), data.classNames().get(label)));
    }
  }

  @Override
  public int classes() {
    return indices.size();
  }

  @Override
  public int count(int label) {
    return indices.get(label).length;
  }

  @Override
  public void read(int label, int index, float[] target, int offset) {
    data.readImage(indices.get(label)[index], target, offset);
  }

  /** The mean of all pixels of the mean image. */
  float meanPixel() {
    double sum = 0;
    for (float pixel : meanImage()) {
      sum += pixel;
    }
    return (float) (sum / data.shape().elements());
  }

  /**
   * The mean of all images, pixel by pixel; where they have to be decoded, of {@value
   * #MOST_DECODED} of them, evenly spread.
   */
  float[] meanImage() {
    float[] image = new float[data.shape().elements()];
    double[] sums = new double[image.length];
    int count = data.isCostly() ? Math.min(MOST_DECODED, data.count()) : data.count();
    for (int index = 0; index < count; index++) {
      data.readImage((int) ((long) index * data.count() / count), image, 0);
      for (int element = 0; element < image.length; element++) {
        sums[element] += image[element];
      }
    }
    for (int element = 0; element < image.length; element++) {
      image[element] = (float) (sums[element] / count);
    }
    return image;
  }

  /** The first images of the set, {@code most} or as many as there are. */
  float[] first(int most) {
    int count = Math.min(most, data.count());
    int elements = data.shape().elements();
    float[] images = new float[Math.multiplyExact(count, elements)];
    for (int index = 0; index < count; index++) {
      data.readImage(index, images, index * elements);
    }
    return images;
  }

  /** The same number of training images of each class, one class after another. */
  float[] ofEachClass(int perClass, long seed) {
    int elements = data.shape().elements();
    requireRoom(perClass);
    float[] images = new float[Math.multiplyExact(classes() * perClass, elements)];
    for (int label = 0; label < classes(); label++) {
      int[] chosen = chooseOfClass(label, perClass, seed);
      for (int place = 0; place < perClass; place++) {
        data.readImage(chosen[place], images, (label * perClass + place) * elements);
      }
    }
    return images;
  }

  private void requireRoom(int perClass) {
    long bytes = (long) classes() * perClass * data.shape().elements() * Float.BYTES;
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes > most) {
      throw new ConfigurationException(
          "%d images of each of %d classes take %d MiB, more than the %d MiB that are free for them; lower the number of Gram images, the classes or data_selection.image_size"
              .formatted(perClass, classes(), bytes >> 20, most >> 20));
    }
  }

  /** Without repetition while the class has enough images. */
  private int[] chooseOfClass(int label, int count, long seed) {
    int[] candidates = indices.get(label).clone();
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
