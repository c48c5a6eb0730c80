package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stic.bench.result.MachineCondition;
import org.stic.cuda.GpuReading;
import org.stic.cuda.ThrottleReason;

/** What the machine did, from made lines of /proc/stat. */
class MachineLoadTest {
  private static final List<String> BEFORE =
      List.of(
          "cpu  1000 50 300 8000 40 5 15 100 7 0",
          "cpu0 500 25 150 4000 20 2 8 50 3 0",
          "cpu1 500 25 150 4000 20 3 7 50 4 0",
          "intr 12345");

  /** Ten seconds of two processors. */
  private static MachineLoad load(String after, double ownSeconds, int usable) {
    ProcessorTimes before = ProcessorTimes.parse(BEFORE);
    ProcessorTimes later = ProcessorTimes.parse(List.of(after, "cpu0 1", "cpu1 1"));
    return MachineLoad.of(later.since(before), ownSeconds, usable, 1.5, OptionalDouble.of(2445));
  }

  @Test
  void columnsAreToldApart() {
    assertEquals(new ProcessorTimes(1370, 8040, 100, 2), ProcessorTimes.parse(BEFORE));
  }

  @Test
  void ownWorkIsNoLoad() {
    MachineLoad load = load("cpu  2900 50 300 8060 40 5 15 140 7 0", 18.9, 2);
    assertEquals(0.01, load.others(), 1e-9);
    assertEquals(0.04, load.stolen(), 1e-9);
    assertEquals(0.06, load.idle(), 1e-9);
    assertFalse(load.isLoaded());
  }

  @Test
  void otherProgramsAndOtherGuestsAre() {
    MachineLoad busy = load("cpu  2000 50 300 9000 40 5 15 100 7 0", 5, 2);
    assertTrue(busy.isLoaded());
    assertEquals(
        "of 2 processors other programs took 0.50 and other guests 0.00, load average 1.50, 2445"
            + " MHz",
        busy.toString());
    assertTrue(load("cpu  2000 50 300 8700 40 5 15 400 7 0", 10, 2).isLoaded());
    // One thread has room beside them.
    assertFalse(load("cpu  2000 50 300 9000 40 5 15 100 7 0", 5, 1).isLoaded());
  }

  @Test
  void resultsStoreIt() {
    MachineCondition condition =
        load("cpu  2000 50 300 8960 40 5 15 140 7 0", 10, 2).condition(null);
    assertEquals(1.5, condition.loadAverage());
    assertEquals(2, condition.processors());
    assertEquals(0.96, condition.freeProcessors(), 1e-9);
    assertEquals(2, condition.stolenPercent(), 1e-9);
    assertTrue(condition.findGpu().isEmpty());
  }

  @Test
  void aGpuTellsWhatItKnows() {
    assertNull(MachineWatch.gpu(new GpuReading.Absent("no library")));
    OptionalInt unknown = OptionalInt.empty();
    assertEquals(
        new MachineCondition.Gpu(1410, 612.3, 57, List.of("HARDWARE_SLOWDOWN", "SYNC_BOOST")),
        MachineWatch.gpu(
            new GpuReading.Values(
                OptionalInt.of(1410),
                unknown,
                unknown,
                unknown,
                OptionalInt.of(612_300),
                OptionalInt.of(57),
                Set.of(ThrottleReason.SYNC_BOOST, ThrottleReason.HARDWARE_SLOWDOWN))));
  }

  @Test
  void otherFormsAreRefused() {
    assertEquals(
        "/proc/stat has no line 'cpu'",
        assertThrows(IllegalArgumentException.class, () -> ProcessorTimes.parse(List.of("x")))
            .getMessage());
    assertEquals(
        "/proc/stat has 3 columns, not 9",
        assertThrows(
                IllegalArgumentException.class, () -> ProcessorTimes.parse(List.of("cpu  1 2")))
            .getMessage());
  }

  @Test
  void thisMachineIsWatched() {
    MachineWatch watch = MachineWatch.start();
    long end = System.nanoTime() + 200_000_000;
    long turns = 0;
    while (System.nanoTime() < end) {
      turns++;
    }
    MachineLoad load = watch.load();
    assertTrue(turns > 0 && load.processors() >= 1, load.toString());
    assertTrue(load.others() <= load.processors() && load.idle() <= load.processors() + 0.1);
  }
}
