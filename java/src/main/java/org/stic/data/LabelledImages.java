package org.stic.data;

import java.util.List;

/**
 * The pictures of one split before they are decoded.
 *
 * @param labels the class index of each picture
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledImages(
    List<String> classNames, EncodedImages images, int[] labels, Skipped skipped) {

  LabelledImages {
    classNames = List.copyOf(classNames);
  }

  /** The same pictures with another account of what was left out. */
  LabelledImages withSkipped(Skipped others) {
    return new LabelledImages(classNames, images, labels, others);
  }

  /** Some of the pictures, in the given order. */
  LabelledImages select(int[] places) {
    int[] chosen = new int[places.length];
    for (int index = 0; index < places.length; index++) {
      chosen[index] = labels[places[index]];
    }
    return new LabelledImages(classNames, SelectedImages.of(images, places), chosen, skipped);
  }
}
