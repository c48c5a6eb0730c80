package org.stic.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PhiloxGeneratorTest {

  /** Known answers of the Random123 distribution (file kat_vectors). */
  @Test
  void encryptsTheKnownAnswers() {
    assertCipher(
        new int[] {0, 0, 0, 0}, 0, 0, new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    assertCipher(
        new int[] {-1, -1, -1, -1},
        -1,
        -1,
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    assertCipher(
        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
        0xa4093822,
        0x299f31d0,
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  }

  @Test
  void sameKeySameStream() {
    RandomKey key = new RandomKey(7, Purpose.CANVAS, 3, 11);
    assertArrayEquals(key.generator().longs(100).toArray(), key.generator().longs(100).toArray());
  }

  @Test
  void everyPartOfTheKeyChangesTheStream() {
    long reference = new RandomKey(7, Purpose.CANVAS, 3, 11).generator().nextLong();
    assertNotEquals(reference, new RandomKey(8, Purpose.CANVAS, 3, 11).generator().nextLong());
    assertNotEquals(
        reference, new RandomKey(7 + (1L << 32), Purpose.CANVAS, 3, 11).generator().nextLong());
    assertNotEquals(reference, new RandomKey(7, Purpose.GRAM_IMAGES, 3, 11).generator().nextLong());
    assertNotEquals(reference, new RandomKey(7, Purpose.CANVAS, 4, 11).generator().nextLong());
    assertNotEquals(reference, new RandomKey(7, Purpose.CANVAS, 3, 12).generator().nextLong());
  }

  @Test
  void normalsHaveTheMomentsOfTheStandardNormal() {
    PhiloxGenerator generator = new RandomKey(1, Purpose.CANVAS, 0, 0).generator();
    double[] draws = DoubleStream.generate(generator::nextGaussian).limit(200_000).toArray();
    double mean = DoubleStream.of(draws).average().orElseThrow();
    double variance = DoubleStream.of(draws).map(x -> x * x).average().orElseThrow() - mean * mean;
    double fourth = DoubleStream.of(draws).map(x -> x * x * x * x).average().orElseThrow();
    assertTrue(Math.abs(mean) <= 4 / Math.sqrt(200_000), "mean " + mean);
    assertEquals(1, variance, 4 * Math.sqrt(2 / 200_000.0));
    assertEquals(3, fourth, 4 * Math.sqrt(96 / 200_000.0));
  }

  private static void assertCipher(int[] words, int key0, int key1, int[] expected) {
    PhiloxGenerator.encrypt(words, key0, key1);
    assertArrayEquals(expected, words);
  }
}
