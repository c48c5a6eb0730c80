package org.stic.kernels;

import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.MathMode;

/**
 * One way to do a call's work: a kernel of this program or a vendor's library. The rungs of a call
 * stand in the order in which they are tried; {@link KernelChoice} picks one.
 */
public sealed interface Rung permits KernelRung, HopperRung, VendorRung {

  /** The exported kernel, or what the vendor's libraries are called. */
  String name();

  /** The arithmetic of its products. */
  MathMode math();

  /** Why it cannot do the call on a device, whatever the arithmetic; empty if it can. */
  Optional<Refusal> refusal(Device device);

  /** Prepares it for a device, ready to be enqueued any number of times. */
  DeviceWork prepare(Device device);
}
