package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

class FakePoolTest {
  private final RandomGenerator random = new RandomKey(1, Purpose.UPDATE_BATCH, 0, 0).generator();

  @Test
  void keepsPixelsToHalfALevelAndWeightsExactly() {
    FakePool pool = new FakePool(3, 2, .5);
    pool.add(
        new float[] {9, 9, 9, -1, 1, .3f, 0, -.5f, .001f},
        1,
        3,
        new float[] {9, 9, 1, 0, .25f, .75f});
    float[] image = {7, 7, 7, 7};
    pool.readImage(1, image, 1);
    assertArrayEquals(new float[] {7, 0, -.5f, .001f}, image, .501f / 127.5f);
    pool.readImage(0, image, 0);
    assertArrayEquals(new float[] {-1, 1, .3f}, Arrays.copyOf(image, 3), .501f / 127.5f);
    float[] weights = new float[2];
    pool.readWeights(1, weights, 0);
    assertArrayEquals(new float[] {.25f, .75f}, weights);
  }

  @Test
  void evenPlacesTakeTheNewestRefreshAndOddPlacesAll() {
    FakePool pool = new FakePool(1, 1, .5);
    for (int refresh = 0; refresh < 3; refresh++) {
      pool.add(new float[10], 0, 10, new float[10]);
    }
    int[] evenCounts = new int[30];
    int[] oddCounts = new int[30];
    for (int draw = 0; draw < 6000; draw++) {
      evenCounts[pool.choose(2 * (draw % 5), random)]++;
      oddCounts[pool.choose(2 * (draw % 5) + 1, random)]++;
    }
    for (int index = 0; index < 30; index++) {
      if (index < 20) {
        assertEquals(0, evenCounts[index], "even places never take drawing " + index);
      } else {
        assertEquals(600, evenCounts[index], 120);
      }
      assertEquals(200, oddCounts[index], 70);
    }
  }

  @Test
  void hardClassesAreBalancedAndSoftWeightsMixTwoClasses() {
    float[] weights = new ClassWeights(10).choose(53, 24, random);
    int[] perClass = new int[10];
    for (int row = 0; row < 77; row++) {
      int nonZero = 0;
      double sum = 0;
      for (int k = 0; k < 10; k++) {
        float weight = weights[row * 10 + k];
        assertTrue(weight >= 0 && weight <= 1, "weight " + weight);
        nonZero += weight > 0 ? 1 : 0;
        sum += weight;
        perClass[k] += row < 53 && weight == 1 ? 1 : 0;
      }
      assertEquals(1, sum, 1e-6);
      assertEquals(row < 53 ? 1 : 2, nonZero, "row " + row);
    }
    for (int count : perClass) {
      assertTrue(count == 5 || count == 6, "class count " + count);
    }
  }
}
