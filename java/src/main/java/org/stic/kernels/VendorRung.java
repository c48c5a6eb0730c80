package org.stic.kernels;

import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.MathMode;
import org.stic.cuda.VendorTask;

/**
 * The same work by a vendor's libraries, which compute in single precision and are used where the
 * user asks for them.
 */
public record VendorRung(VendorTask task) implements Rung {

  @Override
  public String name() {
    return "the vendor's libraries";
  }

  @Override
  public MathMode math() {
    return MathMode.FP32;
  }

  @Override
  public Optional<Refusal> refusal(Device device) {
    return device.vendor().isPresent() ? Optional.empty() : Optional.of(new Refusal.Provider());
  }

  @Override
  public DeviceWork prepare(Device device) {
    return device
        .prepare(task)
        .orElseThrow(() -> new IllegalStateException("the vendor's libraries are not in use"));
  }
}
