package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageMetricsTest {

  @Test
  void distanceIsTheMeanOverPairsAndThenOverClasses() {
    float[] points = {0, 0, /**/ 100, 100, /**/ 3, 4, /**/ 0, 0, /**/ 100, 102};
    int[] labels = {0, 1, 0, 0, 1};
    assertEquals(((5 + 0 + 5) / 3.0 + 2) / 2, WithinClassDistance.of(points, 2, labels, 10), 1e-9);
    assertEquals((5 + 2) / 2.0, WithinClassDistance.of(points, 2, labels, 2), 1e-9);
    assertEquals(Double.NaN, WithinClassDistance.of(points, 2, new int[] {0, 1, 2, 3, 4}, 9));
    assertThrows(
        IllegalArgumentException.class, () -> WithinClassDistance.of(points, 3, labels, 2));
  }

  @Test
  void aSinglePixelsEnergyIsCountedByHand() {
    float[] pixels = new float[25];
    pixels[12] = 9;
    double expected = (8 * 8 + 8 * 1 * 1) / 25.0;
    assertEquals(expected, new Planes(5, 5).highFrequencyEnergy(pixels), 1e-12);
    float[] corner = new float[25];
    corner[0] = 36;
    double ofCorner = 27.0 * 27 + 2 * 6 * 6 + 4 * 4;
    assertEquals(ofCorner / 25, new Planes(5, 5).highFrequencyEnergy(corner), 1e-12);
  }

  @Test
  void flatPlanesHaveNoHighFrequencyEvenAtTheirBorders() {
    float[] pixels = new float[2 * 12];
    Arrays.fill(pixels, 0, 12, 1);
    Arrays.fill(pixels, 12, 24, -1);
    assertEquals(0, new Planes(3, 4).highFrequencyEnergy(pixels));
  }

  @Test
  void thumbnailsAverageWhatTheyTouch() {
    float[] pixels = {1, 2, 3, /**/ 4, 5, 6, /**/ 7, 8, 9};
    float[] expected = {(1 + 2 + 4 + 5) / 4f, 4f, 6f, 7f};
    assertArrayEquals(expected, new Planes(3, 3).thumbnails(pixels, 2));
    float[] two = {0, 2, 4, 6, /**/ 10, 20, 30, 40};
    assertArrayEquals(new float[] {3, 25}, new Planes(2, 2).thumbnails(two, 1));
    assertThrows(IllegalArgumentException.class, () -> new Planes(3, 3).thumbnails(two, 1));
  }
}
