package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;

class NearestSearchTest {

  private static float[] vectors(long seed, int count, int width) {
    Random random = new Random(seed);
    float[] values = new float[count * width];
    for (int index = 0; index < values.length; index++) {
      values[index] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static double distance(float[] one, int i, float[] other, int j, int width) {
    double sum = 0;
    for (int column = 0; column < width; column++) {
      double difference = (double) one[i * width + column] - other[j * width + column];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "3, 31, 33, 7", "31, 127, 5, 64", "2, 65, 784, 10"})
  void findsWhatComparingAllFinds(int queries, int candidates, int width, int block) {
    float[] few = vectors(1, queries, width);
    float[] many = vectors(2, candidates, width);
    try (Device device = TestDevice.open();
        NearestSearch search = new NearestSearch(device, few, width, block)) {
      for (int first = 0; first < candidates; first += block) {
        int end = Math.min(candidates, first + block);
        search.offer(Arrays.copyOfRange(many, first * width, end * width), first);
      }
      for (int query = 0; query < queries; query++) {
        int best = 0;
        for (int row = 1; row < candidates; row++) {
          if (distance(few, query, many, row, width) < distance(few, query, many, best, width)) {
            best = row;
          }
        }
        assertEquals(best, search.nearest()[query]);
        assertEquals(distance(few, query, many, best, width), search.distances()[query], 1e-12);
      }
    }
  }

  @Test
  void copyIsAtDistanceZeroAndTheFirstOfEqualsWins() {
    float[] many = vectors(3, 20, 50);
    System.arraycopy(many, 7 * 50, many, 15 * 50, 50);
    float[] query = Arrays.copyOfRange(many, 15 * 50, 16 * 50);
    try (Device device = TestDevice.open();
        NearestSearch search = new NearestSearch(device, query, 50, 20)) {
      search.offer(many, 100);
      assertArrayEquals(new int[] {107}, search.nearest());
      assertArrayEquals(new double[] {0}, search.distances());
    }
  }
}
