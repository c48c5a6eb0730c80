package org.stic.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Orders and divisions of images by their classes, pure functions of the labels and a seed. */
final class ClassOrder {
  private static final int TEST_SHARE = 10;

  private ClassOrder() {}

  /**
   * The places of all images such that the classes take turns: the first image of each class, then
   * the second of each, and so on. So the beginning of a set shows all classes alike.
   */
  static int[] inTurns(int[] labels, int classes) {
    List<int[]> ofClass = byClass(labels, classes);
    int[] order = new int[labels.length];
    int filled = 0;
    for (int turn = 0; filled < order.length; turn++) {
      for (int[] places : ofClass) {
        if (turn < places.length) {
          order[filled++] = places[turn];
        }
      }
    }
    return order;
  }

  /**
   * Divides a set that has no test images: every tenth image of each class, drawn by the seed, and
   * at least one of every class that has two.
   *
   * @return for each image whether it is a test image
   */
  static boolean[] drawTest(int[] labels, int classes, long seed) {
    boolean[] isTest = new boolean[labels.length];
    List<int[]> ofClass = byClass(labels, classes);
    for (int label = 0; label < classes; label++) {
      int[] places = ofClass.get(label);
      int count = places.length < 2 ? 0 : Math.max(1, places.length / TEST_SHARE);
      int[] order = Permutation.of(places.length, seed, label);
      for (int index = 0; index < count; index++) {
        isTest[places[order[index]]] = true;
      }
    }
    return isTest;
  }

  /** The places of the images of each class, ascending. */
  static List<int[]> byClass(int[] labels, int classes) {
    int[] counts = new int[classes];
    IntStream.of(labels).forEach(label -> counts[label]++);
    List<int[]> places = new ArrayList<>();
    for (int count : counts) {
      places.add(new int[count]);
    }
    Arrays.fill(counts, 0);
    for (int place = 0; place < labels.length; place++) {
      places.get(labels[place])[counts[labels[place]]++] = place;
    }
    return places;
  }
}
