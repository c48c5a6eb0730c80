package org.stic.training;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.stic.data.DatasetException;
import org.stic.data.ImageDataset;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.ConfigurationException;
import org.stic.settings.DataSelection;

/** Takes from a data set what a {@link DataSelection} asks for. */
public final class DataSelector {
  private DataSelector() {}

  /**
   * The images of the selected classes: what the judge learns from, and what measures.
   *
   * @throws ConfigurationException if a class is unknown, naming the known ones
   */
  public static ImageDataset ofClasses(ImageDataset images, DataSelection selection) {
    if (selection.classes().isEmpty()) {
      return images;
    }
    try {
      return images.ofClasses(selection.classes());
    } catch (DatasetException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /**
   * The images and labels that the classifier learns from.
   *
   * @param train all training images; those of other classes are left out
   */
  public static ImageDataset training(ImageDataset train, DataSelection selection) {
    ImageDataset candidates = ofClasses(train, selection);
    int count = Math.min(selection.trainingImages(), candidates.count());
    ImageDataset chosen =
        selection.subsetSeed() == 0
            ? candidates.first(count)
            : candidates.select(balanced(candidates, count, selection.subsetSeed()));
    return selection.labelNoise() == 0 ? chosen : chosen.withLabels(redrawn(chosen, selection));
  }

  /** The classes take turns, in a drawn order, at giving one of their images in a drawn order. */
  private static int[] balanced(ImageDataset images, int count, long seed) {
    int classes = images.classNames().size();
    List<int[]> orders = images.indicesByClass();
    for (int label = 0; label < classes; label++) {
      shuffled(orders.get(label), seed, label);
    }
    int[] turns = shuffled(IntStream.range(0, classes).toArray(), seed, classes);
    int[] chosen = new int[count];
    int filled = 0;
    for (int round = 0; filled < count; round++) {
      for (int turn = 0; turn < classes && filled < count; turn++) {
        int[] order = orders.get(turns[turn]);
        if (round < order.length) {
          chosen[filled++] = order[round];
        }
      }
    }
    return IntStream.of(chosen).sorted().toArray();
  }

  private static int[] shuffled(int[] values, long seed, int stream) {
    RandomGenerator random = new RandomKey(seed, Purpose.DATA_SUBSET, stream, 0).generator();
    for (int last = values.length - 1; last > 0; last--) {
      int picked = random.nextInt(last + 1);
      int moved = values[last];
      values[last] = values[picked];
      values[picked] = moved;
    }
    return values;
  }

  /**
   * Every image has a threshold and a substitute of its own, so that more noise keeps the labels
   * that less noise redrew.
   */
  private static int[] redrawn(ImageDataset images, DataSelection selection) {
    RandomGenerator random =
        new RandomKey(selection.subsetSeed(), Purpose.LABEL_NOISE, 0, 0).generator();
    int[] labels = new int[images.count()];
    for (int index = 0; index < labels.length; index++) {
      boolean isRedrawn = random.nextDouble() < selection.labelNoise();
      int substitute = random.nextInt(images.classNames().size());
      labels[index] = isRedrawn ? substitute : images.label(index);
    }
    return labels;
  }
}
