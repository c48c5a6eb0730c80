package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** What the CPU driver exports beyond the CUDA driver API. */
final class SimtSymbols {
  /**
   * const char *stic_simt_last_message(void): details of the last error, empty if there are none.
   */
  static final String LAST_MESSAGE = "stic_simt_last_message";

  private SimtSymbols() {}

  /** Details of the driver's last error; empty on a GPU. */
  static String lastMessage() {
    Optional<MethodHandle> function =
        Driver.current().find(LAST_MESSAGE, FunctionDescriptor.of(ADDRESS));
    return function.map(SimtSymbols::text).orElse("");
  }

  private static String text(MethodHandle function) {
    try {
      MemorySegment text = (MemorySegment) function.invokeExact();
      return text.equals(MemorySegment.NULL) ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }
}
