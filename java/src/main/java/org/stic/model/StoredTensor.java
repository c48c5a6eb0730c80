package org.stic.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One tensor of a safetensors file: element type, shape and raw little-endian data.
 *
 * @param type element type
 * @param shape extents, outermost first; empty for a scalar
 * @param data exactly {@code product(shape) * type.bytes()} bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredTensor(Type type, int[] shape, MemorySegment data) {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Element types by their safetensors names. The project writes F32 and U8; the others come from
   * other programs.
   */
  public enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
      return bytes;
    }

    /** Whether elements are floating-point numbers. */
    public boolean isReal() {
      return this == F64 || this == F32 || this == F16 || this == BF16;
    }
  }

  public StoredTensor {
    shape = shape.clone();
    long expected = elements(shape) * type.bytes();
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "a %s tensor of shape %s holds %d bytes, not %d"
              .formatted(type, Arrays.toString(shape), expected, data.byteSize()));
    }
    data = data.asReadOnly();
  }

  /** A single-precision tensor with a copy of {@code values}. */
  public static StoredTensor ofFloats(float[] values, int... shape) {
    MemorySegment data = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
    MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
    return new StoredTensor(Type.F32, shape, data);
  }

  /** A tensor of bytes; the array is not copied and must not change. */
  public static StoredTensor ofBytes(byte[] values, int... shape) {
    return new StoredTensor(Type.U8, shape, MemorySegment.ofArray(values));
  }

  /** The elements of a tensor of floating-point numbers in single precision, row-major. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(elements(shape))];
    switch (type) {
      case F32 -> MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
      case F64 -> fill(values, index -> (float) data.getAtIndex(DOUBLE, index));
      case F16 -> fill(values, index -> Float.float16ToFloat(data.getAtIndex(SHORT, index)));
      case BF16 ->
          fill(values, index -> Float.intBitsToFloat(data.getAtIndex(SHORT, index) << Short.SIZE));
      default -> throw new IllegalStateException("tensor holds " + type + ", not real numbers");
    }
    return values;
  }

  private interface Element {
    float at(int index);
  }

  private static void fill(float[] values, Element element) {
    for (int index = 0; index < values.length; index++) {
      values[index] = element.at(index);
    }
  }

  /** The elements of a byte tensor, row-major. */
  public byte[] toBytes() {
    require(Type.U8);
    return data.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** Number of elements of a shape; {@link ArithmeticException} where that does not fit a long. */
  static long elements(int[] shape) {
    long product = 1;
    for (int extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }

  private void require(Type wanted) {
    if (type != wanted) {
      throw new IllegalStateException("tensor holds " + type + ", not " + wanted);
    }
  }
}
