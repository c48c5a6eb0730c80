package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A loop over up to four dimensions, the last one fastest, as the strided kernels take it: missing
 * leading dimensions become dimensions of size 1.
 */
final class StridedLoop {
  private static final int DIMENSIONS = 4;

  private final int[] dims;

  /** Checks the sizes: at most four, each at least 1, fewer than 2^31 elements. */
  StridedLoop(int... dims) {
    this.dims = dims.clone();
    if (dims.length > DIMENSIONS) {
      throw refused("has at most four dimensions");
    }
    if (Arrays.stream(dims).anyMatch(size -> size < 1)) {
      throw refused("needs sizes of at least 1");
    }
    if (elements() > Integer.MAX_VALUE) {
      throw refused("covers fewer than 2^31 elements");
    }
  }

  /** All elements of the loop. */
  long elements() {
    return Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b);
  }

  /**
   * The elements of an operand that the loop visits, those repeated by a stride of 0 counted once.
   */
  long distinct(int[] strides) {
    return IntStream.range(0, dims.length)
        .filter(k -> strides[k] != 0)
        .mapToLong(k -> dims[k])
        .reduce(1, (a, b) -> a * b);
  }

  /** The four sizes as kernel arguments. */
  List<Argument> sizes() {
    return padded(dims, 1).mapToObj(Argument::integer).toList();
  }

  /** The four strides of one operand as kernel arguments. */
  List<Argument> strides(int[] strides) {
    if (strides.length != dims.length) {
      throw refused("needs a stride for each dimension and not " + Arrays.toString(strides));
    }
    return padded(strides, 0).mapToObj(Argument::longInteger).toList();
  }

  private static IntStream padded(int[] values, int filler) {
    IntStream missing = IntStream.generate(() -> filler).limit(DIMENSIONS - values.length);
    return IntStream.concat(missing, Arrays.stream(values));
  }

  private IllegalArgumentException refused(String rule) {
    return new IllegalArgumentException(
        "a strided loop %s: %s".formatted(rule, Arrays.toString(dims)));
  }
}
