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
  void weightsAreRelative() {
    assertArrayEquals(new float[] {.6f, .4f, 0, 0}, ClassMixture.parse("cat:0.6,dog:0.4", CLASSES));
    assertArrayEquals(new float[] {0, .25f, .75f, 0}, ClassMixture.parse("3:3,dog:1", CLASSES));
    assertArrayEquals(new float[] {0, 0, 0, 1}, ClassMixture.parse("a:b:2", CLASSES));
    assertArrayEquals(new float[] {0, 1, 0, 0}, ClassMixture.single("dog", CLASSES));
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
      })
  void wrongWordsAreNamed(String text, String expected) {
    String message =
        assertThrows(UsageException.class, () -> ClassMixture.parse(text, CLASSES)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
