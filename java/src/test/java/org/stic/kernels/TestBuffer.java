package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;

/** Device memory between two red zones, which no kernel may touch. */
final class TestBuffer implements AutoCloseable {
  /** Odd, so that nothing is aligned to more than a float. */
  private static final int RED_ZONE = 65;

  private static final int SENTINEL = 0x5EADBEEF;
  private static final int POISON = Float.floatToRawIntBits(Float.NaN) + 0x1234;

  private final DeviceMemory memory;
  private final int length;

  private TestBuffer(Device device, int[] values) {
    this.memory = device.allocate((long) Integer.BYTES * (values.length + 2 * RED_ZONE));
    this.length = values.length;
    write(values);
  }

  static TestBuffer of(Device device, int[] values) {
    return new TestBuffer(device, values);
  }

  static TestBuffer of(Device device, float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return new TestBuffer(device, bits);
  }

  static TestBuffer poisoned(Device device, int length) {
    int[] bits = new int[length];
    Arrays.fill(bits, POISON);
    return new TestBuffer(device, bits);
  }

  long address() {
    return memory.address() + (long) Integer.BYTES * RED_ZONE;
  }

  int length() {
    return length;
  }

  float[] floats() {
    int[] bits = bits();
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  int[] bits() {
    return Arrays.copyOfRange(memory.downloadInts(), RED_ZONE, RED_ZONE + length);
  }

  void write(int[] values) {
    int[] all = new int[length + 2 * RED_ZONE];
    Arrays.fill(all, SENTINEL);
    System.arraycopy(values, 0, all, RED_ZONE, length);
    memory.upload(all);
  }

  void write(float[] values) {
    int[] bits = new int[length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    write(bits);
  }

  void requireRedZonesIntact() {
    int[] all = memory.downloadInts();
    for (int i = 0; i < RED_ZONE; i++) {
      assertEquals(SENTINEL, all[i], "written " + (RED_ZONE - i) + " elements before the buffer");
      assertEquals(
          SENTINEL,
          all[RED_ZONE + length + i],
          "written " + (i + 1) + " elements behind the buffer");
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
