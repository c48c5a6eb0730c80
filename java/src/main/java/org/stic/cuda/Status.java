package org.stic.cuda;

import java.util.Set;
import jcuda.driver.JCudaDriver;

/** The one place where return codes of the driver are looked at. */
final class Status {
  static final int SUCCESS = 0;
  static final int OUT_OF_MEMORY = 2;
  static final int NOT_FOUND = 500;

  private static final int INVALID_CONTEXT = 201;

  /**
   * Codes after which the context answers every call with the same error, see CUresult in cuda.h.
   */
  private static final Set<Integer> STICKY =
      Set.of(4, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719);

  private static volatile boolean hasFailed;

  private Status() {}

  /** Throws unless the call succeeded. */
  static void check(int code, String call) {
    if (code != SUCCESS) {
      throw failure(code, call, null);
    }
  }

  /**
   * As {@link #check}, for releases: in a context that an earlier, reported error has ended,
   * nothing is left to free.
   */
  static void checkRelease(int code, String call) {
    if (code != SUCCESS && !isSticky(code)) {
      throw failure(code, call, null);
    }
  }

  /** Whether a code says that the context is lost. */
  static boolean isSticky(int code) {
    return STICKY.contains(code);
  }

  /** Whether any call but a release has failed in this process. */
  static boolean hasFailed() {
    return hasFailed;
  }

  static OutOfDeviceMemoryException outOfMemory(long requestedBytes, long freeBytes) {
    hasFailed = true;
    return new OutOfDeviceMemoryException(requestedBytes, freeBytes);
  }

  static DeviceException failure(int code, String call, LaunchShape launch) {
    hasFailed = true;
    return new DeviceException(call, code, name(code), text(code), launch);
  }

  static String name(int code) {
    String[] name = new String[1];
    return JCudaDriver.cuGetErrorName(code, name) == SUCCESS ? name[0] : "unknown error";
  }

  private static String text(int code) {
    String[] text = new String[1];
    String known = JCudaDriver.cuGetErrorString(code, text) == SUCCESS ? text[0] : "no description";
    String detail = SimtSymbols.lastMessage();
    return known + (detail.isEmpty() ? "" : ": " + detail) + hint(code);
  }

  private static String hint(int code) {
    return code == INVALID_CONTEXT
        ? "; call Device.makeCurrent() once in every thread that uses the device"
        : "";
  }
}
