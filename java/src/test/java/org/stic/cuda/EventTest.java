package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @Test
  void measuresTheWorkBetweenTwoMarks() {
    try (AffineChain chain = new AffineChain(device);
        Event start = Event.create(device);
        Event middle = Event.create(device);
        Event end = Event.create(device)) {
      long hostStart = System.nanoTime();
      start.record(device.stream());
      chain.step(device.stream());
      middle.record(device.stream());
      for (int i = 0; i < 2000; i++) {
        chain.step(device.stream());
      }
      end.record(device.stream());
      double total = Event.elapsedMillis(start, end);
      double hostMillis = (System.nanoTime() - hostStart) / 1e6;

      double firstPart = Event.elapsedMillis(start, middle);
      double secondPart = Event.elapsedMillis(middle, end);
      assertTrue(firstPart >= 0 && secondPart > 0);
      assertEquals(total, firstPart + secondPart, 1e-2 + 1e-3 * total);
      assertTrue(
          total <= hostMillis + 1e-3, total + " ms on the device, " + hostMillis + " on the host");
    }
  }

  @Test
  void ordersTwoStreams() {
    try (AffineChain chain = new AffineChain(device);
        Stream first = Stream.create(device);
        Stream second = Stream.create(device);
        Event done = Event.create(device)) {
      device.synchronize();
      for (int i = 0; i < 10; i++) {
        chain.step(first);
      }
      done.record(first);
      second.waitFor(done);
      for (int i = 0; i < 10; i++) {
        chain.step(second);
      }
      second.synchronize();
      assertArrayEquals(AffineChain.expected(20), chain.values());
    }
  }

  @Test
  void refusesATimeThatWasNotRecorded() {
    try (Event start = Event.create(device);
        Event end = Event.create(device)) {
      start.record(device.stream());
      DeviceException refused =
          assertThrows(DeviceException.class, () -> Event.elapsedMillis(start, end));
      assertEquals("cuEventElapsedTime", refused.call());
      assertEquals("CUDA_ERROR_INVALID_HANDLE", refused.codeName());
    }
  }
}
