package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void countsElementsAndSteps() {
    Shape shape = Shape.of(2, 3, 5);
    assertEquals(30, shape.elements());
    assertEquals(120, shape.bytes());
    assertArrayEquals(new int[] {15, 5, 1}, shape.strides());
    assertEquals(5, shape.dim(-1));
    assertEquals(1, Shape.SCALAR.elements());
  }

  @Test
  void broadcastsFromTheEnd() {
    assertEquals(Shape.of(4, 2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(4, 1, 3)));
    assertEquals(Shape.of(7), Shape.broadcast("add", Shape.SCALAR, Shape.of(7)));
  }

  @Test
  void namesTheOperationAndBothShapesThatDoNotBroadcast() {
    assertMessage(
        "add: shapes [2x3] and [2x4] do not broadcast; aligned at the end, each pair of axes must"
            + " be equal or contain a 1",
        () -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2, 4)));
  }

  @Test
  void refusesAxesWithoutElementsAndTooManyAxes() {
    assertMessage("shape [2x0]: every axis must be 1 or longer", () -> Shape.of(2, 0));
    assertMessage(
        "shape [1x1x1x1x1x1] has 6 axes; at most 5 are supported",
        () -> Shape.of(1, 1, 1, 1, 1, 1));
    assertMessage("shape [2x3] has no axis 2", () -> Shape.of(2, 3).dim(2));
  }

  private static void assertMessage(String message, Runnable body) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, body::run).getMessage());
  }
}
