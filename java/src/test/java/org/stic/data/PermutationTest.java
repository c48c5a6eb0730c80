package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 31, 1000})
  void holdsEveryIndexOnce(int size) {
    int[] order = Permutation.of(size, 7, 3);
    Arrays.sort(order);
    assertArrayEquals(IntStream.range(0, size).toArray(), order);
  }

  @Test
  void dependsOnSeedAndEpochOnly() {
    int[] order = Permutation.of(100, 1, 2);
    assertArrayEquals(order, Permutation.of(100, 1, 2));
    assertFalse(Arrays.equals(order, Permutation.of(100, 1, 3)));
    assertFalse(Arrays.equals(order, Permutation.of(100, 2, 2)));
    assertFalse(Arrays.equals(order, Permutation.of(100, 2, 1)), "seed and epoch are exchangeable");
  }

  @Test
  void knownOrderStaysTheSame() {
    assertEquals("[3, 1, 4, 0, 7, 6, 5, 2]", Arrays.toString(Permutation.of(8, 1, 0)));
  }

  @Test
  void everyOrderOfFourIsEquallyLikely() {
    long[] observed = new long[256];
    for (int epoch = 0; epoch < 24_000; epoch++) {
      int[] order = Permutation.of(4, 42, epoch);
      observed[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
    }
    long[] seen = Arrays.stream(observed).filter(count -> count > 0).toArray();
    assertEquals(24, seen.length);
    double[] expected = new double[24];
    Arrays.fill(expected, 1000);
    double probability = new ChiSquareTest().chiSquareTest(expected, seen);
    assertTrue(probability > 1e-3, "chi-square probability " + probability);
  }
}
