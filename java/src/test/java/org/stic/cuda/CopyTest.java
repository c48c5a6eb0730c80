package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 127, 100_003})
  void returnsWhatWasSent(int count) {
    float[] values = ramp(count);
    try (DeviceMemory memory = device.allocate(4L * count)) {
      memory.upload(values);
      assertArrayEquals(values, memory.downloadFloats());
    }
  }

  @Test
  void copiesPartsOfNativeAndHeapMemory() {
    try (DeviceMemory memory = device.allocate(16);
        Arena arena = Arena.ofConfined()) {
      memory.upload(new float[] {0, 0, 0, 0});
      memory.upload(arena.allocateFrom(JAVA_FLOAT, 5f, 6f), 4);
      assertArrayEquals(new float[] {0, 5, 6, 0}, memory.downloadFloats());

      MemorySegment part = arena.allocate(8, 4);
      memory.download(part, 8);
      assertEquals(6f, part.get(JAVA_FLOAT, 0));
      float[] heap = new float[1];
      memory.download(MemorySegment.ofArray(heap), 4);
      assertEquals(5f, heap[0]);
    }
  }

  @Test
  void refusesToCopyBeyondTheBlock() {
    try (DeviceMemory memory = device.allocate(8)) {
      assertThrows(IndexOutOfBoundsException.class, () -> memory.upload(new float[3]));
      MemorySegment four = MemorySegment.ofArray(new float[1]);
      assertThrows(IndexOutOfBoundsException.class, () -> memory.upload(four, 5));
      assertThrows(IndexOutOfBoundsException.class, () -> memory.download(four, -1));
    }
  }

  @Test
  void zeroesInOrderWithOtherWork() {
    try (DeviceMemory memory = device.allocate(12)) {
      memory.upload(new int[] {1, 2, 3});
      memory.zero();
      assertArrayEquals(new int[3], memory.downloadInts());
    }
  }

  @Test
  void streamsCopiesFromAndToPinnedMemory() {
    float[] values = ramp(1000);
    try (Stream stream = Stream.create(device);
        PinnedMemory host = PinnedMemory.allocate(device, 4000);
        DeviceMemory first = device.allocate(4000);
        DeviceMemory second = device.allocate(4000)) {
      host.segment().copyFrom(MemorySegment.ofArray(values));
      stream.upload(first, 0, host.segment());
      stream.copy(second, 0, first, 2000, 2000);
      stream.copy(second, 2000, first, 0, 2000);
      stream.download(host.segment(), second, 0);
      stream.synchronize();
      float[] swapped = host.segment().toArray(JAVA_FLOAT);
      assertArrayEquals(Arrays.copyOfRange(values, 0, 500), Arrays.copyOfRange(swapped, 500, 1000));
      assertArrayEquals(Arrays.copyOfRange(values, 500, 1000), Arrays.copyOfRange(swapped, 0, 500));
    }
  }

  @Test
  void refusesArraysWhereACopyRunsBesideTheHost() {
    try (DeviceMemory memory = device.allocate(4)) {
      Exception refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> device.stream().upload(memory, 0, MemorySegment.ofArray(new float[1])));
      assertTrue(refused.getMessage().contains("PinnedMemory"), refused.getMessage());
    }
  }

  @Test
  void endsPinnedMemoryWithItsSegment() {
    PinnedMemory pinned = PinnedMemory.allocate(device, 4);
    MemorySegment segment = pinned.segment();
    pinned.close();
    pinned.close();
    assertThrows(IllegalStateException.class, () -> segment.get(JAVA_FLOAT, 0));
    assertThrows(IllegalStateException.class, pinned::segment);
  }

  private static float[] ramp(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i - 0.5f * count;
    }
    return values;
  }
}
