package org.stic.cli;

import org.stic.cuda.DeviceException;
import org.stic.cuda.OutOfDeviceMemoryException;

/** What a user may do after a failure of the device. */
final class DeviceFailure {
  private DeviceFailure() {}

  /**
   * The end of the sentence about a failure; empty where no device is to blame.
   *
   * @param command the command that failed
   */
  static String remedy(Exception problem, Object command) {
    return switch (problem) {
      case OutOfDeviceMemoryException _ when command instanceof DeviceUser user ->
          "; lower " + user.lowersMemory() + ", or use a device with more memory" + kept(user);
      case DeviceException failure when command instanceof DeviceUser user ->
          unnamedKernel(failure) + kept(user);
      default -> "";
    };
  }

  private static String unnamedKernel(DeviceException failure) {
    return failure.isSticky() && failure.launch().isEmpty()
        ? "; an earlier kernel failed: the same command with --check-launches names it"
        : "";
  }

  private static String kept(DeviceUser user) {
    String kept = user.kept();
    return kept.isEmpty() ? "" : "; " + kept;
  }
}
