package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

  @ParameterizedTest
  @CsvSource({
    "96.8, 97.9",
    "0, 0",
    "-3, 1e-9",
    "1e-7, 3e-7",
    "88.3, 10600",
    "5, 5",
    "-2, -1",
    "0.999, 1.001",
  })
  void coversItsValuesWithAFewTicks(double smallest, double largest) {
    Axis axis = Axis.covering(smallest, largest);
    assertTrue(axis.position(smallest) >= -1e-9 && axis.position(largest) <= 1 + 1e-9, "" + axis);
    int ticks = axis.ticks().size();
    assertTrue(ticks >= 2 && ticks <= 7, ticks + " ticks on " + axis);
  }

  @Test
  void labelsHaveAsManyDigitsAsTheTicksNeed() {
    Axis axis = Axis.covering(96.8, 97.9);
    assertEquals(
        List.of("96.5", "97.0", "97.5", "98.0"), axis.ticks().stream().map(axis::label).toList());
    assertEquals("20", Axis.covering(0, 88).label(20));
    assertEquals("0.05", Axis.covering(0.01, 0.2).label(0.05));
  }

  @Test
  void passesAreWholeNumbers() {
    Axis three = Axis.ofWholeNumbers(0, 3);
    assertEquals(List.of("0", "1", "2", "3"), three.ticks().stream().map(three::label).toList());
    assertEquals(2, Axis.ofWholeNumbers(4, 4).ticks().size());
    assertEquals(2, Axis.ofWholeNumbers(0, 8).step());
  }
}
