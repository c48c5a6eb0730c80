package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.metrics.InnerProducts;

class DeviceInnerProductsTest {

  /** Fewer rows than the program has, one of them, and as many. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 33", "31, 2", "33, 33"})
  void productsAreThoseOfTheHost(int oneRows, int otherRows) {
    int width = 7;
    float[] one = numbers(oneRows * width, 1);
    float[] other = numbers(otherRows * width, 2);
    float[] expected = new float[oneRows * otherRows];
    float[] found = new float[oneRows * otherRows];
    InnerProducts.PLAIN.compute(one, oneRows, other, otherRows, width, expected);
    try (Device device = TestDevice.open();
        DeviceInnerProducts products = new DeviceInnerProducts(device, 33, width)) {
      // What an earlier call left behind must not show.
      products.compute(
          numbers(33 * width, 3), 33, numbers(33 * width, 4), 33, width, new float[33 * 33]);
      products.compute(one, oneRows, other, otherRows, width, found);
    }
    for (int index = 0; index < found.length; index++) {
      assertEquals(expected[index], found[index], 1e-5, "product " + index);
    }
  }

  private static float[] numbers(int count, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int index = 0; index < count; index++) {
      numbers[index] = random.nextFloat(-1, 1);
    }
    return numbers;
  }
}
