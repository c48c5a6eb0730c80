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

  /** Element types that the project stores, by their safetensors names. */
  public enum Type {
    F32(4),
    U8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
      return bytes;
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

  /** The elements of a single-precision tensor, row-major. */
  public float[] toFloats() {
    require(Type.F32);
    float[] values = new float[Math.toIntExact(elements(shape))];
    MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
    return values;
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
