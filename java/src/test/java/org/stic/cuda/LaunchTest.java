package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 20_000;

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
  void runsInTheOrderOfEnqueueing() {
    try (AffineChain chain = new AffineChain(device)) {
      for (int i = 0; i < 20; i++) {
        chain.step(device.stream());
      }
      assertArrayEquals(AffineChain.expected(20), chain.values());
    }
  }

  @Test
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (DeviceMemory counter = device.allocate(4)) {
      counter.zero();
      Launch launch = increment(counter);
      enqueue(launch, WARM_UP);
      long before = threads.getCurrentThreadAllocatedBytes();
      enqueue(launch, MEASURED);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertEquals(WARM_UP + MEASURED, counter.downloadInts()[0]);
      assertTrue(allocated < MEASURED, allocated + " bytes allocated in " + MEASURED + " launches");
    }
  }

  @Test
  void wantsEveryArgumentOnce() {
    try (DeviceMemory counter = device.allocate(4)) {
      KernelArguments missing = new KernelArguments(2).pointer(counter.address());
      Exception refused =
          assertThrows(
              IllegalStateException.class,
              () -> Launch.bind(device, "increment_counter", 1, 1, 1, missing));
      assertEquals("1 of 2 kernel arguments are set", refused.getMessage());
      missing.integer(1);
      assertThrows(IllegalStateException.class, () -> missing.integer(2));
    }
  }

  @Test
  void refusesAStreamThatWasClosed() {
    try (DeviceMemory counter = device.allocate(4)) {
      Launch launch = increment(counter);
      Stream stream = Stream.create(device);
      stream.close();
      assertThrows(IllegalStateException.class, () -> launch.enqueue(stream));
    }
  }

  private static Launch increment(DeviceMemory counter) {
    return Launch.bind(
        device, "increment_counter", 1, 1, 1, new KernelArguments(1).pointer(counter.address()));
  }

  private static void enqueue(Launch launch, int times) {
    for (int i = 0; i < times; i++) {
      launch.enqueue(device.stream());
    }
    device.synchronize();
  }
}
