package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
  private static final double SLOW = 0.1;

  private final List<String> log = new ArrayList<>();

  @Test
  void timesTheSidesInTurn() {
    new Pairing(5, SLOW, 0).measure(side("A", 1), side("B", 2));
    assertEquals(
        List.of("A", "B", "A", "B", "A", "B", "A", "B", "A", "B"),
        log.subList(log.size() - 10, log.size()));
  }

  @Test
  void callsFillATimingAndCountOnce() {
    Side quick = new MadeSide("A", log, calls -> 0.001 * calls);
    Side slow = new MadeSide("B", log, calls -> 3.0 * calls);
    Pairing.Times times = new Pairing(5, SLOW, 0).measure(quick, slow);
    for (int pair = 0; pair < 5; pair++) {
      assertEquals(0.001, times.ours().get(pair), 1e-12);
      assertEquals(3, times.peer().get(pair), 1e-12);
    }
    // One call, then no trials: a call alone takes longer than a timing.
    assertEquals(6, log.stream().filter("B"::equals).count());
  }

  @Test
  void waitsUntilBusyThreadsRest() {
    MadeSide spinning = side("A", 1).spinning(4);
    new Pairing(5, SLOW, 1).measure(spinning, side("B", 1));
    assertEquals(List.of("A", "A spins", "A spins", "A spins", "A spins"), log.subList(0, 5));
  }

  @Test
  void refusesWhatTellsNothing() {
    assertEquals(
        "a comparison needs at least 5 pairs, not 4",
        assertThrows(IllegalArgumentException.class, () -> new Pairing(4, 1, 0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Pairing(5, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pairing(5, Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pairing(5, 1, -1));
  }

  private MadeSide side(String name, double seconds) {
    return new MadeSide(name, log, calls -> seconds * calls);
  }
}
