package org.stic.cuda;

/**
 * A driver that was looked at, and what came of it.
 *
 * @param choice the choice that names it, {@link DeviceChoice#CUDA} or {@link DeviceChoice#CPU}
 * @param library file or soname of its library
 * @param problem why it cannot be used and what would help; empty if it can
 */
public record DriverCandidate(DeviceChoice choice, String library, String problem) {

  /** Whether the driver can be used. */
  public boolean usable() {
    return problem.isEmpty();
  }
}
