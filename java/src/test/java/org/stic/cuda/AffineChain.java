package org.stic.cuda;

import java.util.Arrays;

/**
 * Launches x = 2 x + 1 on a buffer: the result tells how often, and other maps between tell in
 * which order.
 */
final class AffineChain implements AutoCloseable {
  static final int COUNT = 10_007;

  private final DeviceMemory memory;
  private final Launch doubling;
  private final Launch adding;

  AffineChain(Device device) {
    memory = device.allocate(4L * COUNT);
    doubling = launch(device, 2, 0);
    adding = launch(device, 1, 1);
    reset();
  }

  void reset() {
    memory.zero();
  }

  /** Enqueues x = 2 x, then x = x + 1. */
  void step(Stream stream) {
    doubling.enqueue(stream);
    adding.enqueue(stream);
  }

  /** Every element after this many steps from zero: 2^steps - 1. */
  static float[] expected(int steps) {
    float[] values = new float[COUNT];
    Arrays.fill(values, (1 << steps) - 1);
    return values;
  }

  float[] values() {
    return memory.downloadFloats();
  }

  DeviceMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    memory.close();
  }

  private Launch launch(Device device, float scale, float offset) {
    KernelArguments arguments =
        new KernelArguments(5)
            .pointer(memory.address())
            .pointer(memory.address())
            .longInteger(COUNT)
            .real(scale)
            .real(offset);
    return Launch.bind(device, "affine", COUNT, 1, 1, arguments);
  }
}
