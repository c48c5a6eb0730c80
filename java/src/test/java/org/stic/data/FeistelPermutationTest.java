package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeistelPermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 63, 64, 65, 1000, 65_537})
  void everyElementComesOnce(int size) {
    FeistelPermutation order = new FeistelPermutation(size, 9, 2);
    BitSet seen = new BitSet(size);
    for (int place = 0; place < size; place++) {
      seen.set(order.at(place));
    }
    assertEquals(size, seen.cardinality());
  }

  @Test
  void seedsAndEpochsGiveOtherOrders() {
    assertTrue(agreement(1, 0, 1, 1) < 20, "epochs");
    assertTrue(agreement(1, 0, 2, 0) < 20, "seeds");
    assertEquals(1000, agreement(1, 5, 1, 5));
  }

  /** The places at which two orders of 1000 elements agree; one is expected of unrelated ones. */
  private static long agreement(long seed, long epoch, long otherSeed, long otherEpoch) {
    FeistelPermutation first = new FeistelPermutation(1000, seed, epoch);
    FeistelPermutation second = new FeistelPermutation(1000, otherSeed, otherEpoch);
    return IntStream.range(0, 1000).filter(place -> first.at(place) == second.at(place)).count();
  }

  /**
   * The mean of the first tenth is that of all; deviation of the mean is 289 / sqrt(100) / 1.05.
   */
  @Test
  void thePartsOfAnOrderLookLikeTheWhole() {
    double chi = 0;
    int epochs = 100;
    for (int epoch = 0; epoch < epochs; epoch++) {
      FeistelPermutation order = new FeistelPermutation(1000, 3, epoch);
      double mean = IntStream.range(0, 100).map(order::at).average().orElseThrow();
      chi += Math.pow((mean - 499.5) / (288.7 / 10 * Math.sqrt(0.9)), 2);
    }
    assertEquals(epochs, chi, 5 * Math.sqrt(2.0 * epochs));
  }

  @Test
  void placesOutsideAreRefused() {
    FeistelPermutation order = new FeistelPermutation(5, 0, 0);
    assertThrows(IndexOutOfBoundsException.class, () -> order.at(5));
    assertThrows(IndexOutOfBoundsException.class, () -> order.at(-1));
    assertThrows(IllegalArgumentException.class, () -> new FeistelPermutation(0, 0, 0));
  }
}
