package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private Device device;

  @BeforeEach
  void open() {
    device = TestDevice.open();
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void statesWhatItIs() {
    DeviceProperties properties = device.properties();
    assertTrue(!properties.name().isBlank());
    assertTrue(properties.multiprocessors() >= 1);
    assertTrue(properties.maxThreadsPerBlock() >= 1024);
    assertTrue(properties.maxGridY() >= 65535);
    assertTrue(properties.maxSharedBytesPerBlock() >= 48 * 1024);
    assertTrue(properties.memoryBytes() >= device.freeBytes());
  }

  @Test
  void findsKernelsWithTheirGeometryOnce() {
    Kernel kernel = device.kernel("affine");
    assertTrue(kernel.geometry().tileX() >= 1);
    assertSame(kernel, device.kernel("affine"));
  }

  @Test
  void namesAKernelThatTheImageLacks() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> device.kernel("no_such_kernel"));
    assertTrue(refused.getMessage().contains("'no_such_kernel'"), refused.getMessage());
    assertTrue(refused.getMessage().contains("kernels"), refused.getMessage());
  }

  @Test
  void accountsForItsMemory() {
    DeviceMemory first = device.allocate(1000);
    try (DeviceMemory second = device.allocate(24)) {
      assertEquals(1024, device.allocatedBytes());
      assertNotNull(second);
    }
    assertEquals(1000, device.allocatedBytes());
    first.close();
    assertEquals(0, device.allocatedBytes());
  }

  @Test
  void refusesMoreMemoryThanThereIs() {
    long tooMuch = 1L << 46;
    OutOfDeviceMemoryException refused =
        assertThrows(OutOfDeviceMemoryException.class, () -> device.allocate(tooMuch));
    assertEquals(tooMuch, refused.requestedBytes());
    assertTrue(refused.freeBytes() > 0 && refused.freeBytes() < tooMuch);
  }

  @Test
  void closesTwiceAndRefusesUseAfterThat() {
    DeviceMemory memory = device.allocate(16);
    memory.close();
    memory.close();
    assertThrows(IllegalStateException.class, memory::address);
    assertThrows(IllegalStateException.class, memory::zero);
    assertThrows(IllegalStateException.class, () -> memory.upload(new float[1]));

    DeviceMemory forgotten = device.allocate(16);
    device.close();
    device.close();
    assertThrows(IllegalStateException.class, forgotten::address);
    assertThrows(IllegalStateException.class, () -> device.allocate(1));
    assertThrows(IllegalStateException.class, () -> device.kernel("affine"));
    assertThrows(IllegalStateException.class, () -> device.synchronize());
  }

  @Test
  void worksInASecondThreadThatMadeItCurrent() throws InterruptedException {
    try (DeviceMemory memory = device.allocate(8)) {
      AtomicReference<float[]> seen = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                device.makeCurrent();
                memory.upload(new float[] {1, 2});
                seen.set(memory.downloadFloats());
              });
      thread.start();
      thread.join();
      assertArrayEquals(new float[] {1, 2}, seen.get());
    }
  }

  @Test
  void opensAgainInTheSameProcess() {
    device.close();
    device = TestDevice.open();
    try (DeviceMemory memory = device.allocate(4)) {
      memory.upload(new int[] {7});
      assertArrayEquals(new int[] {7}, memory.downloadInts());
    }
  }
}
