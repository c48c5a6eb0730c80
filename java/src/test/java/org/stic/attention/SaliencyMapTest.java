package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where a map's peak is. */
class SaliencyMapTest {

  /** A blob of 3 x 3 points beside a single stronger one: a window of the blob's size takes it. */
  @Test
  void theWindowIsOverMostOfTheMapNotOverItsLargestPoint() {
    float[] values = new float[11 * 11];
    values[2 * 11 + 9] = 3;
    for (int row = 6; row <= 8; row++) {
      for (int column = 2; column <= 4; column++) {
        values[row * 11 + column] = 1;
      }
    }
    SaliencyMap map = new SaliencyMap(11, values);
    assertArrayEquals(new double[] {3, 7}, map.peak(6));
    assertArrayEquals(new double[] {9, 2}, map.peak(1));
  }

  @Test
  void aMapWithoutAPeakHasItsMiddle() {
    assertArrayEquals(new double[] {2, 2}, new SaliencyMap(5, new float[25]).peak(3));
    float[] broken = new float[25];
    Arrays.fill(broken, Float.NaN);
    assertEquals(2, new SaliencyMap(5, broken).peak(3)[0]);
  }
}
