package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The CUlaunchConfig of a launch with attributes, made once. Layouts are those of cuda.h: the
 * configuration has seven ints, the stream at 32, the attributes' address at 40 and their number at
 * 48; an attribute its number and, at 8, a value of 64 bytes.
 */
final class ExtendedLaunch {
  private static final int CONFIG_BYTES = 56;
  private static final int STREAM = 32;
  private static final int ATTRIBUTES = 40;
  private static final int ATTRIBUTE_COUNT = 48;
  private static final int ATTRIBUTE_BYTES = 72;
  private static final int VALUE = 8;
  private static final int CLUSTER_DIMENSION = 4;
  private static final int PROGRAMMATIC_STREAM_SERIALIZATION = 6;

  private final MethodHandle launch;
  private final MemorySegment config;
  private final MemorySegment attributes;

  /** Fails with a {@link DeviceUnavailableException} where the driver has no such launches. */
  ExtendedLaunch(LaunchShape shape, LaunchAttributes asked) {
    // CUresult cuLaunchKernelEx(config, function, params, extra).
    launch =
        Driver.current()
            .bind(
                "cuLaunchKernelEx",
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    Arena arena = Arena.ofAuto();
    config = arena.allocate(CONFIG_BYTES, Long.BYTES);
    attributes = arena.allocate(2L * ATTRIBUTE_BYTES, Long.BYTES);
    int[] sizes = {
      shape.gridX(), shape.gridY(), shape.gridZ(), shape.threads(), 1, 1, shape.sharedBytes()
    };
    MemorySegment.copy(sizes, 0, config, JAVA_INT, 0, sizes.length);
    config.set(JAVA_LONG, ATTRIBUTES, attributes.address());
    if (asked.clusterX() > 1) {
      add(CLUSTER_DIMENSION, asked.clusterX(), 1, 1);
    }
    if (asked.programmatic()) {
      add(PROGRAMMATIC_STREAM_SERIALIZATION, 1);
    }
  }

  private void add(int attribute, int... value) {
    int count = config.get(JAVA_INT, ATTRIBUTE_COUNT);
    long place = (long) count * ATTRIBUTE_BYTES;
    attributes.set(JAVA_INT, place, attribute);
    MemorySegment.copy(value, 0, attributes, JAVA_INT, place + VALUE, value.length);
    config.set(JAVA_INT, ATTRIBUTE_COUNT, count + 1);
  }

  /** Enqueues; allocates nothing. */
  int call(long function, long stream, long parameters) {
    config.set(JAVA_LONG, STREAM, stream);
    try {
      return (int) launch.invokeExact(config.address(), function, parameters, 0L);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }
}
