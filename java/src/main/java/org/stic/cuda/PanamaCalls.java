package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The two calls of the hot path, through Panama: JCuda spends about 4 µs per launch on its pointer
 * objects, these some 10 ns. Handles and pointers are passed as plain longs, which is three times
 * faster than as memory segments. The class is initialised at the first launch, when the driver has
 * been chosen.
 */
final class PanamaCalls {
  /**
   * CUresult cuLaunchKernel(f, gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes, stream,
   * params, extra).
   */
  private static final MethodHandle LAUNCH_KERNEL =
      Driver.current()
          .bind(
              "cuLaunchKernel",
              FunctionDescriptor.of(
                  JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                  JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

  /** CUresult cuGraphLaunch(graph, stream). */
  private static final MethodHandle LAUNCH_GRAPH =
      Driver.current().bind("cuGraphLaunch", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

  private PanamaCalls() {}

  static int launchKernel(long function, LaunchShape shape, long stream, long parameters) {
    try {
      return (int)
          LAUNCH_KERNEL.invokeExact(
              function,
              shape.gridX(),
              shape.gridY(),
              shape.gridZ(),
              shape.threads(),
              1,
              1,
              shape.sharedBytes(),
              stream,
              parameters,
              0L);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }

  static int launchGraph(long graph, long stream) {
    try {
      return (int) LAUNCH_GRAPH.invokeExact(graph, stream);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }
}
