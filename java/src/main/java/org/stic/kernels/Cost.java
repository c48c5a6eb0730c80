package org.stic.kernels;

/**
 * The least work that a kernel's definition asks for, whatever its implementation does.
 *
 * @param bytes device memory that must be read and written, each operand counted once
 * @param flops floating-point operations, a fused multiply-add counted as two
 */
public record Cost(long bytes, long flops) {

  /** No work at all. */
  public static final Cost NONE = new Cost(0, 0);

  public Cost {
    if (bytes < 0 || flops < 0) {
      throw new IllegalArgumentException(
          "cost must not be negative: bytes " + bytes + ", flops " + flops);
    }
  }

  /** Cost of work that moves {@code floats} single-precision elements. */
  public static Cost ofFloats(long floats, long flops) {
    return new Cost(Float.BYTES * floats, flops);
  }

  /** Cost of doing both. */
  public Cost plus(Cost other) {
    return new Cost(bytes + other.bytes, flops + other.flops);
  }
}
