package org.stic.cuda;

import java.util.Optional;

/** A driver call returned an error. All such errors are thrown from one place, {@link Status}. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int code;
  private final String codeName;
  private final transient LaunchShape launch;

  DeviceException(String call, int code, String codeName, String text, LaunchShape launch) {
    super(message(call, code, codeName, text, launch));
    this.call = call;
    this.code = code;
    this.codeName = codeName;
    this.launch = launch;
  }

  /**
   * The driver function that returned the error; an asynchronous error may stem from an earlier
   * launch.
   */
  public String call() {
    return call;
  }

  /** The CUresult value. */
  public int code() {
    return code;
  }

  /** The CUresult constant's name, such as CUDA_ERROR_INVALID_VALUE. */
  public String codeName() {
    return codeName;
  }

  /**
   * Whether the context is lost: every later call would fail in the same way, and only a new
   * process can use the device again.
   */
  public boolean isSticky() {
    return Status.isSticky(code);
  }

  /** The launch that failed; empty where the call was not a launch. */
  public Optional<LaunchShape> launch() {
    return Optional.ofNullable(launch);
  }

  private static String message(
      String call, int code, String codeName, String text, LaunchShape launch) {
    String of = launch == null ? "" : " of " + launch;
    return "%s%s failed: %s (%d), %s".formatted(call, of, codeName, code, text);
  }
}
