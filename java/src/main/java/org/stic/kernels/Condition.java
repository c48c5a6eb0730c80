package org.stic.kernels;

import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceProperties;

/** What a kernel asks of a device or a call, known before any launch. */
@FunctionalInterface
public interface Condition {

  /** Why the kernel cannot be used on a device; empty if it can. */
  Optional<Refusal> refusal(Device device);

  /**
   * At least this compute capability, major * 10 + minor. The CPU's driver runs the portable
   * definitions of all instructions.
   */
  static Condition capability(int least) {
    return device ->
        refuseIf(
            device.isGpu() && capability(device) < least,
            new Refusal.Capability(least, false, capability(device)));
  }

  /** This generation's own instructions, which later ones do not have: those of sm_90a. */
  static Condition architecture(int exactly) {
    return device ->
        refuseIf(
            device.isGpu() && capability(device) != exactly,
            new Refusal.Capability(exactly, true, capability(device)));
  }

  /** A size that must be a multiple. */
  static Condition multiple(String name, long value, long of) {
    return _ ->
        refuseIf(value % of != 0, new Refusal.Size(name, value, "to be a multiple of " + of));
  }

  /** A size that must not be larger. */
  static Condition atMost(String name, long value, long most) {
    return _ -> refuseIf(value > most, new Refusal.Size(name, value, "to be at most " + most));
  }

  /** A size that must not be smaller. */
  static Condition atLeast(String name, long value, long least) {
    return _ -> refuseIf(value < least, new Refusal.Size(name, value, "to be at least " + least));
  }

  /** A pointer that must be aligned. */
  static Condition aligned(String name, long address, int bytes) {
    return _ -> refuseIf(address % bytes != 0, new Refusal.Alignment(name, bytes));
  }

  private static Optional<Refusal> refuseIf(boolean refused, Refusal refusal) {
    return refused ? Optional.of(refusal) : Optional.empty();
  }

  private static int capability(Device device) {
    DeviceProperties properties = device.properties();
    return 10 * properties.computeMajor() + properties.computeMinor();
  }
}
