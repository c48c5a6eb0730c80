package org.stic.kernels;

import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.KernelArguments;
import org.stic.cuda.Launch;
import org.stic.cuda.VendorTask;

/**
 * One launch of one kernel, as plain data: what runs, over which extents, with which arguments. The
 * grid follows from the extents and the geometry that the loaded module states for the kernel, so a
 * call is the same on every device.
 *
 * @param kernel name of the exported kernel
 * @param x work extent along the first axis, in the kernel's own units
 * @param y work extent along the second axis
 * @param z work extent along the third axis
 * @param arguments the kernel's parameters in order: outputs, inputs, sizes, scalars
 * @param cost the least work that the call's definition asks for
 * @param task the same work for a vendor's library, where there is one that does it
 */
public record KernelCall(
    String kernel,
    long x,
    long y,
    long z,
    List<Argument> arguments,
    Cost cost,
    Optional<VendorTask> task) {

  public KernelCall {
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException(
          "kernel %s: work extents must be at least 1, not %d x %d x %d"
              .formatted(kernel, x, y, z));
    }
    arguments = List.copyOf(arguments);
  }

  /** A call that only this program's kernels do. */
  public KernelCall(String kernel, long x, long y, long z, List<Argument> arguments, Cost cost) {
    this(kernel, x, y, z, arguments, cost, Optional.empty());
  }

  /** The same call with what a vendor's library may do instead. */
  KernelCall orTask(VendorTask same) {
    return new KernelCall(kernel, x, y, z, arguments, cost, Optional.of(same));
  }

  /** Prepares the call for the device's provider, ready to be enqueued any number of times. */
  public DeviceWork prepare(Device device) {
    return task.flatMap(device::prepare).orElseGet(() -> bind(device));
  }

  /** Prepares the kernel for a device, ready to be enqueued any number of times. */
  public Launch bind(Device device) {
    KernelArguments values = new KernelArguments(arguments.size());
    for (Argument argument : arguments) {
      switch (argument) {
        case Argument.Pointer(long address) -> values.pointer(address);
        case Argument.Int(int value) -> values.integer(value);
        case Argument.Long(long value) -> values.longInteger(value);
        case Argument.Real(float value) -> values.real(value);
      }
    }
    return Launch.bind(device, kernel, x, y, z, values);
  }
}
