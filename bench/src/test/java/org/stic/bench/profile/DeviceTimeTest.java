package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stic.bench.result.Flag;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;

class DeviceTimeTest {
  private static DeviceTime time(int samples, long discarded, boolean loaded) {
    List<Double> seconds = Collections.nCopies(samples, 2e-6);
    return new DeviceTime("fill", false, seconds, discarded, 4_000, 6_000, loaded);
  }

  @Test
  void ratesAreOfTheMedian() {
    DeviceTime time = new DeviceTime("", true, List.of(1e-6, 2e-6, 1e-3), 0, 4_000, 6_000, false);
    assertEquals(2e-6, time.median());
    assertEquals(2, time.gigabytesPerSecond(), 1e-12);
    assertEquals(3, time.gigaflopsPerSecond(), 1e-12);
  }

  @Test
  void manyDiscardedSamplesMarkTheRest() {
    assertFalse(time(90, 10, false).isThrottled());
    assertTrue(time(89, 11, false).isThrottled());
  }

  @Test
  void rowsHaveAllSamplesAndWhatSpeaksAgainstThem() {
    Row row = time(10, 5, true).row("", "Bench.fill", Map.of("size", "1"));
    assertEquals(RowKind.DEVICE_HOT, row.kind());
    assertEquals("fill", row.kernel());
    assertEquals(Collections.nCopies(10, 2e-6), row.samples());
    assertEquals(5, row.discarded());
    assertEquals(4_000, row.bytes());
    assertEquals(6_000, row.flops());
    assertEquals(Set.of(Flag.THROTTLED, Flag.LOADED), row.flags());
    Row clean =
        new DeviceTime("", true, List.of(1.0), 0, 0, 0, false).row("program 2", "B.m", Map.of());
    assertEquals("program 2", clean.kernel());
    assertEquals(RowKind.DEVICE_COLD, clean.kind());
    assertEquals(Set.of(), clean.flags());
  }

  @Test
  void forksAreJoinedPartByPart() {
    DeviceTime whole = new DeviceTime("", false, List.of(3e-6, 5e-6), 1, 8, 0, false);
    DeviceTime again = new DeviceTime("", false, List.of(7e-6), 0, 8, 0, true);
    DeviceTimeResult result =
        new DeviceTimeResult("program 1", List.of(whole, time(2, 0, false), again));
    assertEquals("device.hot program 1", result.getLabel());
    assertEquals((4 + 7) / 2.0, result.getScore(), 1e-9, "the mean of the forks' medians");
    List<Row> rows = result.rows("B.m", Map.of());
    assertEquals(List.of("program 1", "program 1 fill"), rows.stream().map(Row::kernel).toList());
    assertEquals(List.of(3e-6, 5e-6, 7e-6), rows.getFirst().samples());
    assertEquals(1, rows.getFirst().discarded());
    assertEquals(Set.of(Flag.LOADED, Flag.THROTTLED), rows.getFirst().flags());
    assertTrue(result.extendedInfo().contains("100.0 %"), result.extendedInfo());
  }
}
