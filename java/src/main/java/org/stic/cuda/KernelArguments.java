package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The parameters of one launch, off heap in the form that the driver reads: a table of addresses,
 * one per parameter, followed by the values in slots of 8 bytes. Made once per launch site; lives
 * as long as it is reachable.
 */
public final class KernelArguments {
  private final int count;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment block;
  private int filled;

  /** Makes room for the given number of parameters, to be filled in the kernel's order. */
  public KernelArguments(int count) {
    this.count = count;
    this.block = arena.allocate(2L * Math.max(1, count) * Long.BYTES, Long.BYTES);
    for (int i = 0; i < count; i++) {
      block.setAtIndex(JAVA_LONG, i, block.address() + slot(i));
    }
  }

  /** Adds a device address; 0 stands for an absent buffer. */
  public KernelArguments pointer(long address) {
    block.set(JAVA_LONG, next(), address);
    return this;
  }

  /** Adds an int or unsigned int. */
  public KernelArguments integer(int value) {
    block.set(JAVA_INT, next(), value);
    return this;
  }

  /** Adds a long long. */
  public KernelArguments longInteger(long value) {
    block.set(JAVA_LONG, next(), value);
    return this;
  }

  /** Adds a float. */
  public KernelArguments real(float value) {
    block.set(JAVA_FLOAT, next(), value);
    return this;
  }

  /**
   * Adds a tensor map, which the kernel takes by value.
   *
   * @throws DeviceUnavailableException if the driver has no tensor maps
   */
  public KernelArguments tensorMap(TensorMap map) {
    MemorySegment encoded = TensorMapEncoder.encode(map, arena);
    next();
    block.setAtIndex(JAVA_LONG, filled - 1L, encoded.address());
    return this;
  }

  /** The address of the table; fails while parameters are missing. */
  long address() {
    if (filled != count) {
      throw new IllegalStateException("%d of %d kernel arguments are set".formatted(filled, count));
    }
    return block.address();
  }

  private long next() {
    if (filled == count) {
      throw new IllegalStateException("all %d kernel arguments are set already".formatted(count));
    }
    return slot(filled++);
  }

  private long slot(int index) {
    return (long) (count + index) * Long.BYTES;
  }
}
