package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.List;

/**
 * Has the driver write a {@link TensorMap} as the CUtensorMap that kernels take; only the driver
 * knows its form.
 */
final class TensorMapEncoder {
  /** Bytes of a CUtensorMap and of its alignment. */
  static final int BYTES = 128;

  private static final int ALIGNMENT = 64;
  private static final int BFLOAT16 = 9;
  private static final int NO_INTERLEAVE = 0;
  private static final int SWIZZLE_128_BYTES = 3;
  private static final int PROMOTION_128_BYTES = 2;
  private static final int ZERO_FILL = 0;

  private TensorMapEncoder() {}

  /**
   * The encoded map, in memory of the arena.
   *
   * @throws DeviceUnavailableException if the driver has no tensor maps
   * @throws DeviceException if the map breaks one of their rules
   */
  static MemorySegment encode(TensorMap map, Arena arena) {
    MemorySegment encoded = arena.allocate(BYTES, ALIGNMENT);
    try (Arena scratch = Arena.ofConfined()) {
      switch (map) {
        case TensorMap.Tiled tiled -> encode(tiled, encoded, scratch);
        case TensorMap.Im2col im2col -> encode(im2col, encoded, scratch);
      }
    }
    return encoded;
  }

  private static void encode(TensorMap.Tiled map, MemorySegment encoded, Arena arena) {
    MethodHandle function =
        Driver.current()
            .bind(
                "cuTensorMapEncodeTiled",
                FunctionDescriptor.of(
                    JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS,
                    ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    call(
        "cuTensorMapEncodeTiled",
        function,
        encoded,
        BFLOAT16,
        map.sizes().size(),
        map.address(),
        sizes(map, arena),
        strides(map, arena),
        integers(map.box(), arena),
        integers(Collections.nCopies(map.sizes().size(), 1), arena));
  }

  private static void encode(TensorMap.Im2col map, MemorySegment encoded, Arena arena) {
    MethodHandle function =
        Driver.current()
            .bind(
                "cuTensorMapEncodeIm2col",
                FunctionDescriptor.of(
                    JAVA_INT,
                    new MemoryLayout[] {
                      ADDRESS, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                      JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT
                    }));
    call(
        "cuTensorMapEncodeIm2col",
        function,
        encoded,
        BFLOAT16,
        map.sizes().size(),
        map.address(),
        sizes(map, arena),
        strides(map, arena),
        integers(map.lower(), arena),
        integers(map.upper(), arena),
        map.channels(),
        map.pixels(),
        integers(List.of(1, map.stride(), map.stride(), 1), arena));
  }

  private static void call(String name, MethodHandle function, Object... first) {
    MethodHandle rest =
        MethodHandles.insertArguments(
            function,
            first.length,
            NO_INTERLEAVE,
            SWIZZLE_128_BYTES,
            PROMOTION_128_BYTES,
            ZERO_FILL);
    int code;
    try {
      code = (int) rest.invokeWithArguments(first);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
    Status.check(code, name);
  }

  private static MemorySegment sizes(TensorMap map, Arena arena) {
    return arena.allocateFrom(
        JAVA_LONG, map.sizes().stream().mapToLong(Integer::longValue).toArray());
  }

  /** Bytes from one element to the next along every dimension but the innermost. */
  private static MemorySegment strides(TensorMap map, Arena arena) {
    long[] strides = new long[Math.max(1, map.sizes().size() - 1)];
    long bytes = TensorMap.ELEMENT_BYTES;
    for (int d = 0; d < map.sizes().size() - 1; d++) {
      bytes *= map.sizes().get(d);
      strides[d] = bytes;
    }
    return arena.allocateFrom(JAVA_LONG, strides);
  }

  private static MemorySegment integers(List<Integer> values, Arena arena) {
    return arena.allocateFrom(JAVA_INT, values.stream().mapToInt(Integer::intValue).toArray());
  }
}
