package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void numbersAreAlignedRightAndWordsLeft() {
    Table table = new Table("name", "accuracy", "note");
    table.row("a", "0.9", "x 1").row("longer", "10.25", "");
    assertEquals(
        """
        name    accuracy  note
        a            0.9  x 1
        longer     10.25
        """,
        table.toString());
  }

  @Test
  void rowsHaveAsManyCellsAsTheHeader() {
    assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").row(1));
  }
}
