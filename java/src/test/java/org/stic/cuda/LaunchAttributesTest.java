package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Launches with attributes and tensor maps, through the driver's newer functions. */
class LaunchAttributesTest {
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
  void programmaticLaunchesKeepTheirOrder() {
    try (DeviceMemory counter = device.allocate(4)) {
      counter.zero();
      Launch launch = increment(counter, LaunchAttributes.PROGRAMMATIC);
      launch.enqueue(device.stream());
      launch.enqueue(device.stream());
      assertEquals(2, counter.downloadInts()[0]);
    }
  }

  @Test
  void areCapturedAsOthers() {
    try (DeviceMemory counter = device.allocate(4)) {
      counter.zero();
      Launch launch = increment(counter, LaunchAttributes.PROGRAMMATIC);
      try (ExecGraph graph =
          ExecGraph.capture(device.stream(), () -> launch.enqueue(device.stream()))) {
        assertEquals(0, counter.downloadInts()[0]);
        graph.launch(device.stream());
        assertEquals(1, counter.downloadInts()[0]);
      }
    }
  }

  @Test
  void aClusterMustDivideTheGrid() {
    assertThrows(IllegalArgumentException.class, () -> new LaunchAttributes(0, false));
    try (DeviceMemory counter = device.allocate(4)) {
      Launch launch = increment(counter, new LaunchAttributes(2, false));
      assertThrows(DeviceException.class, () -> launch.enqueue(device.stream()));
    }
  }

  @Test
  void aTensorMapOutsideTheRulesIsRefused() {
    try (DeviceMemory tensor = device.allocate(4096);
        Arena arena = Arena.ofConfined()) {
      TensorMapEncoder.encode(tiled(tensor.address(), 64), arena);
      Exception refused =
          assertThrows(
              DeviceException.class,
              () -> TensorMapEncoder.encode(tiled(tensor.address(), 20), arena));
      assertTrue(refused.getMessage().contains("cuTensorMapEncodeTiled"), refused.getMessage());
    }
  }

  private static TensorMap tiled(long address, int columns) {
    return new TensorMap.Tiled(address, List.of(columns, 8), List.of(16, 8));
  }

  private static Launch increment(DeviceMemory counter, LaunchAttributes attributes) {
    KernelArguments arguments = new KernelArguments(1).pointer(counter.address());
    return Launch.bind(device, "increment_counter", 1, 1, 1, arguments, attributes);
  }
}
