package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassMixtureTest {
  private static final List<String> CLASSES = List.of("cat", "dog", "3", "a:b");

  @Test
  void weightsAreShares() {
    assertArrayEquals(new float[] {.6f, .4f, 0, 0}, ClassMixture.parse("cat:0.6,dog:0.4", CLASSES));
    assertArrayEquals(new float[] {0, 0, 0, 1}, ClassMixture.parse("a:b:1", CLASSES));
    assertArrayEquals(new float[] {0, 1, 0, 0}, ClassMixture.single("dog", CLASSES));
  }

  @Test
  void roundedThirdsAreScaledToSumToOne() {
    float[] shares = ClassMixture.parse("cat:0.33,dog:0.33,3:0.33", CLASSES);
    assertArrayEquals(new float[] {1 / 3f, 1 / 3f, 1 / 3f, 0}, shares, 1e-6f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat           | not understood at 'cat'",
        "cat:1,        | not understood at ''",
        "cow:1         | unknown class 'cow'; known are cat, dog, 3, a:b",
        "cat:x         | the weight 'x'",
        "cat:0         | the weight '0'",
        "cat:-1,dog:2  | the weight '-1'",
        "cat:NaN       | the weight 'NaN'",
        "cat:Infinity  | the weight 'Infinity'",
        "cat:1,cat:1   | names a class twice: cat:1",
        "cat:0.5,dog:0.4 | weights that sum to 0.9; they must sum to 1",
        "cat:3,dog:1   | weights that sum to 4.0; they must sum to 1",
      })
  void wrongWordsAreNamed(String text, String expected) {
    String message =
        assertThrows(UsageException.class, () -> ClassMixture.parse(text, CLASSES)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
