package org.stic.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.Launch;
import org.stic.cuda.MathMode;
import org.stic.cuda.VendorTask;

/**
 * One launch of one kernel, as plain data: what runs, over which extents, with which arguments. The
 * grid follows from the extents and the geometry that the loaded module states for the kernel, so a
 * call is the same on every device. Other kernels, or a vendor's library, may do the same work:
 * they are its faster rungs, of which {@link KernelChoice} picks one.
 *
 * @param own the kernel itself, which every device has and which takes all sizes
 * @param cost the least work that the call's definition asks for
 * @param faster what may be used instead, in the order in which it is tried
 */
public record KernelCall(KernelRung own, Cost cost, List<Rung> faster) {

  public KernelCall {
    faster = List.copyOf(faster);
  }

  /** A call that only one kernel does. */
  public KernelCall(String kernel, long x, long y, long z, List<Argument> arguments, Cost cost) {
    this(new KernelRung(kernel, MathMode.FP32, x, y, z, arguments, List.of()), cost, List.of());
  }

  /** Name of the kernel. */
  public String kernel() {
    return own.kernel();
  }

  /** The kernel's parameters in order: outputs, inputs, sizes, scalars. */
  public List<Argument> arguments() {
    return own.arguments();
  }

  /** The same call with one more way to do it, which is tried after those before it. */
  KernelCall or(Rung rung) {
    List<Rung> more = new ArrayList<>(faster);
    more.add(rung);
    return new KernelCall(own, cost, more);
  }

  /** The same call with what a vendor's library may do instead. */
  KernelCall orTask(VendorTask same) {
    return or(new VendorRung(same));
  }

  /** Every way to do the call; its own kernel is the last. */
  public List<Rung> rungs() {
    List<Rung> all = new ArrayList<>(faster);
    all.add(own);
    return List.copyOf(all);
  }

  /** The operation and its sizes, equal for two calls whose fastest kernel is the same. */
  public String work() {
    String sizes =
        own.arguments().stream()
            .filter(Argument.Int.class::isInstance)
            .map(size -> Integer.toString(((Argument.Int) size).value()))
            .collect(Collectors.joining("x"));
    return "%s %s over %dx%dx%d".formatted(own.kernel(), sizes, own.x(), own.y(), own.z());
  }

  /** Prepares the rung that serves the call on a device, in the device's arithmetic. */
  public DeviceWork prepare(Device device) {
    return KernelChoice.of(this, device, device.math()).rung().prepare(device);
  }

  /** Prepares the kernel itself for a device, ready to be enqueued any number of times. */
  public Launch bind(Device device) {
    return own.prepare(device);
  }
}
