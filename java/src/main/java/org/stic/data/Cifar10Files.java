package org.stic.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What the two forms of CIFAR-10 have in common: batches of 32x32 colour images. */
final class Cifar10Files {
  static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private static final List<String> TRAIN_BATCHES =
      List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5");
  private static final List<String> TEST_BATCHES = List.of("test_batch");

  private Cifar10Files() {}

  /** File names without ending, in the order of the images. */
  static List<String> batches(Split split) {
    return split == Split.TRAIN ? TRAIN_BATCHES : TEST_BATCHES;
  }

  /** Off-heap room for the pixels of {@code images}, freed when no longer reachable. */
  static MemorySegment allocatePixels(int images) {
    return Arena.ofAuto().allocate((long) images * SHAPE.elements());
  }
}
