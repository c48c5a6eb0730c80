package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.profile.ProfilerException;

class DeviceTimeSettingsTest {
  @Test
  void nothingIsStandard() {
    assertEquals(DeviceTimeSettings.STANDARD, DeviceTimeSettings.parse(""));
    assertEquals(DeviceTimeSettings.STANDARD, DeviceTimeSettings.parse("cold=true;samples=10"));
  }

  @Test
  void everyOptionIsHeard() {
    DeviceTimeSettings settings =
        DeviceTimeSettings.parse(
            "cold=false; hot=true; calls=false; flush=64M; samples=20; seconds=0.25; deviation=1%;"
                + "max=3; clock=0.9; copy=19.5; matrix=246");
    assertEquals(
        new DeviceTimeSettings(
            false,
            true,
            false,
            64L << 20,
            new StopRule(20, 0.25, 0.01, 3),
            new ClockGuard(0.9),
            OptionalDouble.of(19.5),
            OptionalDouble.of(246)),
        settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          warm=1        | unknown option 'warm'; known are cold, hot, calls, flush, samples, seconds, deviation, max, clock, copy, matrix
          cold          | option 'cold' needs a value: cold=...
          cold=         | option 'cold' needs a value: cold=...
          cold=yes      | option 'cold' must be true or false, not 'yes'
          max=2;max=3   | option 'max' is given twice
          max=0         | option 'max' must be a number above 0, not '0'
          max=-1        | option 'max' must be a number above 0, not '-1'
          seconds=NaN   | option 'seconds' must be a number above 0, not 'NaN'
          samples=2.5   | option 'samples' must be a whole number of at least 1, not '2.5'
          samples=0     | option 'samples' must be a whole number of at least 1, not '0'
          flush=64T     | option 'flush' must be a number of bytes such as 64M, not '64T'
          deviation=0   | option 'deviation' must be a share such as 0.5% or 0.005, not '0'
          deviation=2   | option 'deviation' must be a share such as 0.5% or 0.005, not '2'
          clock=fast    | option 'clock' must be a share such as 0.5% or 0.005, not 'fast'
          cold=false;hot=false | cold=false and hot=false leave nothing to measure
          """)
  void wrongOptionsAreNamed(String line, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> DeviceTimeSettings.parse(line))
            .getMessage());
    assertEquals(
        "device: " + message,
        assertThrows(ProfilerException.class, () -> new DeviceTimeProfiler(line)).getMessage());
  }
}
