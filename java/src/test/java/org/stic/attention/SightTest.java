package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.stic.graph.Shape;

/** Where windows lie. */
class SightTest {
  private final Sight sight = new Sight(Shape.of(1, 48, 64), 8, .5);

  @Test
  void theWholeWindowCoversTheLongerSide() {
    Window whole = sight.whole();
    assertEquals(8, whole.stride());
    assertEquals(31.5, whole.centreX());
    assertEquals(23.5, whole.centreY());
    assertEquals(4, whole.width());
    assertEquals(1 / 64., whole.gain());
  }

  @Test
  void windowsStayInsideTheCanvasWhileTheyFit() {
    for (double column : new double[] {-100, 3, 30, 63, 200}) {
      Window window = sight.near(column, 40, 2);
      assertTrue(window.centreX() - 8 >= -.5 && window.centreX() + 8 <= 63.5, window.toString());
      assertTrue(window.centreY() + 8 <= 47.5, window.toString());
    }
    assertEquals(30, sight.near(30, 20, 2).centreX());
    assertEquals(20, sight.near(30, 20, 2).centreY());
  }

  @Test
  void stridesFallInEqualRatios() {
    assertEquals(List.of(8.), sight.strides(1, 1));
    List<Double> strides = sight.strides(4, 1);
    assertEquals(8, strides.getFirst());
    assertEquals(4, strides.get(1), 1e-9);
    assertEquals(1, strides.getLast(), 1e-9);
  }

  /** Of a grid of three, the middle one is centred and the others touch the edges. */
  @Test
  void aGridCoversTheCanvas() {
    List<Window> grid = sight.grid(3);
    assertEquals(9, grid.size());
    assertEquals(-.5, grid.getFirst().centreX() - 4 * grid.getFirst().stride(), 1e-9);
    assertEquals(63.5, grid.getLast().centreX() + 4 * grid.getLast().stride(), 1e-9);
    assertEquals(31.5, grid.get(4).centreX(), 1e-9);
    assertEquals(List.of(sight.whole()), sight.grid(1));
  }

  /** A finer window than a pixel's shows nothing that a network has learned from. */
  @Test
  void aGridIsNeverFinerThanPixels() {
    assertEquals(List.of(), new Sight(Shape.of(1, 28, 28), 28, .5).grid(2));
    List<Window> grid = new Sight(Shape.of(1, 32, 32), 28, .5).grid(2);
    assertEquals(4, grid.size());
    grid.forEach(window -> assertEquals(1, window.stride()));
  }

  @Test
  void glimpsesThatDoNotFitAreRefused() {
    Shape canvas = Shape.of(1, 48, 64);
    String small = message(() -> new Sight(canvas, 3, .5));
    assertEquals(
        "a glimpse of a canvas of 48 x 64 pixels has from 4 to 48 points a side, not 3", small);
    assertThrows(IllegalArgumentException.class, () -> new Sight(canvas, 49, .5));
  }

  private static String message(Executable refused) {
    return assertThrows(IllegalArgumentException.class, refused).getMessage();
  }
}
