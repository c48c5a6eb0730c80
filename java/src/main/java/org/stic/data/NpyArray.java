package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One NumPy array of whole numbers, row-major.
 *
 * <p>Layout: 0x93 "NUMPY", u8 major version, u8 minor, u16 (version 1) or u32 header length,
 * little-endian, then the header, a Python dictionary in words with the type, the order and the
 * shape, then the values. Arrays of objects, which are pickled, are refused. Source: NumPy's
 * documentation of numpy.lib.format.
 *
 * @param type such as {@code |u1}
 * @param values exactly as many bytes as the shape asks for
 */
record NpyArray(String name, String type, List<Long> shape, MemorySegment values) {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']{2,8})',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9,"
              + " ]*)\\),?\\s*\\}\\s*");
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Reads the header and checks it against the number of bytes.
   *
   * @param name file and member, for sentences
   */
  static NpyArray parse(String name, MemorySegment file) {
    byte[] start = file.asSlice(0, Math.min(10, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
    boolean isArray =
        start.length == 10
            && new String(start, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY")
            && start[0] == (byte) 0x93;
    if (!isArray || start[6] < 1 || start[6] > 3) {
      throw new DatasetException(name + " is no NumPy array");
    }
    int first = start[6] == 1 ? 10 : 12;
    long length =
        file.byteSize() < first
            ? LONGEST_HEADER
            : start[6] == 1
                ? Short.toUnsignedLong(file.get(SHORT, 8))
                : Integer.toUnsignedLong(file.get(INT, 8));
    if (length >= LONGEST_HEADER || first + length > file.byteSize()) {
      throw new DatasetException(name + " is damaged: its header is cut off");
    }
    byte[] header = file.asSlice(first, length).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    return of(name, text, file.asSlice(first + length));
  }

  private static NpyArray of(String name, String header, MemorySegment values) {
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new DatasetException(
          name + " is no plain array of numbers; arrays of objects are not read");
    }
    if (matcher.group(2).equals("True")) {
      throw new DatasetException(name + " is column-major: save it with numpy.ascontiguousarray");
    }
    String type = matcher.group(1);
    List<Long> shape = shape(name, matcher.group(3));
    long expected = bytes(name, width(name, type), shape);
    if (values.byteSize() != expected) {
      throw new DatasetException(
          "%s is damaged: its shape %s needs %d bytes, but %d follow"
              .formatted(name, shape, expected, values.byteSize()));
    }
    return new NpyArray(name, type, shape, values);
  }

  private static List<Long> shape(String name, String text) {
    List<Long> shape = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      if (!word.isBlank()) {
        if (word.strip().length() > 12) {
          throw new DatasetException(name + " is damaged: its shape is (" + text + ")");
        }
        try {
          shape.add(Long.parseLong(word.strip()));
        } catch (NumberFormatException e) {
          throw new DatasetException(name + " is damaged: its shape is (" + text + ")", e);
        }
      }
    }
    return List.copyOf(shape);
  }

  private static int width(String name, String type) {
    return switch (type) {
      case "|u1", "|i1", "<u1" -> 1;
      case "<u2", "<i2" -> 2;
      case "<u4", "<i4" -> 4;
      case "<u8", "<i8" -> 8;
      default ->
          throw new DatasetException(
              "%s holds values of type %s, not whole numbers".formatted(name, type));
    };
  }

  private static long bytes(String name, int width, List<Long> shape) {
    try {
      return shape.stream().reduce((long) width, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new DatasetException(name + " is damaged: its shape is " + shape, e);
    }
  }

  /** Number of values. */
  long count() {
    return values.byteSize() / width(name, type);
  }

  /** A value; those of eight bytes wrap around beyond 2^63. */
  long value(long index) {
    return switch (type) {
      case "|u1", "<u1" -> Byte.toUnsignedLong(values.get(ValueLayout.JAVA_BYTE, index));
      case "|i1" -> values.get(ValueLayout.JAVA_BYTE, index);
      case "<u2" -> Short.toUnsignedLong(values.get(SHORT, 2 * index));
      case "<i2" -> values.get(SHORT, 2 * index);
      case "<u4" -> Integer.toUnsignedLong(values.get(INT, 4 * index));
      case "<i4" -> values.get(INT, 4 * index);
      default -> values.get(LONG, 8 * index);
    };
  }
}
