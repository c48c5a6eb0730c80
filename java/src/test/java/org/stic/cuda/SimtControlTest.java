package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stic.cuda.SimtControl.Order;

@Tag("cpu-driver")
class SimtControlTest {
  private Device device;
  private SimtControl control;
  private int workersBefore;
  private boolean checkedBefore;

  @BeforeEach
  void open() {
    device = Device.open(DeviceChoice.CPU, KernelImage.FIBERS);
    control = SimtControl.of(device);
    workersBefore = control.workers();
    checkedBefore = control.isChecked();
  }

  @AfterEach
  void restore() {
    control.setOrder(Order.FORWARD, 0);
    control.setWorkers(workersBefore);
    control.setChecked(checkedBefore);
    device.close();
  }

  @Test
  void givesTheSameInEveryOrderOnAnyNumberOfWorkers() {
    try (AffineChain chain = new AffineChain(device)) {
      for (Order order : Order.values()) {
        for (int workers : new int[] {1, 2, 3}) {
          control.setOrder(order, 12345);
          control.setWorkers(workers);
          assertEquals(workers, control.workers());
          chain.reset();
          chain.step(device.stream());
          chain.step(device.stream());
          assertArrayEquals(AffineChain.expected(2), chain.values());
        }
      }
    }
  }

  @Test
  void poisonsNewMemoryWhileChecking() {
    control.setChecked(true);
    try (DeviceMemory memory = device.allocate(256)) {
      for (float value : memory.downloadFloats()) {
        assertTrue(Float.isNaN(value), "unwritten memory reads " + value);
      }
    }
    control.setChecked(false);
    assertEquals(false, control.isChecked());
  }

  @Test
  void countsAllocations() {
    long before = control.liveAllocations();
    try (DeviceMemory memory = device.allocate(16)) {
      assertEquals(before + 1, control.liveAllocations());
      assertEquals(16, memory.bytes());
    }
    assertEquals(before, control.liveAllocations());
  }

  @Test
  void refusesAnImpossibleNumberOfWorkers() {
    DeviceException refused = assertThrows(DeviceException.class, () -> control.setWorkers(0));
    assertEquals("stic_simt_set_workers", refused.call());
    assertTrue(refused.getMessage().contains("0 is not from 1 to 256"), refused.getMessage());
  }
}
