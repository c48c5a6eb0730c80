package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "2.5;2.5",
        "0.012345;0.0123",
        "1.999;2",
        "12.34;12.3",
        "999.4;999",
        "12345;12,300",
        "-3.14159;-3.14",
        "NaN;-"
      })
  void threeDigitsCount(double value, String text) {
    assertEquals(text, Figures.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "2, s, 2 s",
    "0.0123, s, 12.3 ms",
    "4.5e-6, s, 4.5 µs",
    "81e-9, s, 81 ns",
    "7, B/op, 7 B/op",
    "0, s, 0 ns"
  })
  void secondsHaveTheUnitThatSuits(double value, String unit, String text) {
    assertEquals(text, Figures.withUnit(value, unit));
  }
}
