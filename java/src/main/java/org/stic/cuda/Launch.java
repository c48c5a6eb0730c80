package org.stic.cuda;

import java.lang.ref.Reference;
import java.util.Optional;

/**
 * One kernel with its grid and arguments, ready to be enqueued any number of times at the least
 * cost.
 */
public final class Launch implements DeviceWork {
  private final Kernel kernel;
  private final LaunchShape shape;
  private final KernelArguments arguments;
  private final long parameters;
  private final Optional<ExtendedLaunch> extended;

  private Launch(
      Kernel kernel, LaunchShape shape, KernelArguments arguments, LaunchAttributes attributes) {
    this.kernel = kernel;
    this.shape = shape;
    this.arguments = arguments;
    this.parameters = arguments.address();
    this.extended =
        attributes.equals(LaunchAttributes.NONE)
            ? Optional.empty()
            : Optional.of(new ExtendedLaunch(shape, attributes));
  }

  /**
   * Prepares the launch that covers a work extent.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the device does not allow so large
   *     a launch
   * @throws IllegalStateException if arguments are missing
   */
  public static Launch bind(
      Device device, String kernel, long x, long y, long z, KernelArguments arguments) {
    return bind(device, kernel, x, y, z, arguments, LaunchAttributes.NONE);
  }

  /**
   * The same with attributes.
   *
   * @throws DeviceUnavailableException if the driver is too old for them
   */
  public static Launch bind(
      Device device,
      String kernel,
      long x,
      long y,
      long z,
      KernelArguments arguments,
      LaunchAttributes attributes) {
    Kernel found = device.kernel(kernel);
    LaunchShape shape = LaunchShape.covering(found, x, y, z, device.properties());
    return new Launch(found, shape, arguments, attributes);
  }

  /** What the driver is told. */
  public LaunchShape shape() {
    return shape;
  }

  /**
   * Enqueues the kernel; returns before it has run, unless the device checks every launch.
   * Allocates nothing.
   */
  @Override
  public void enqueue(Stream stream) {
    check(call(stream.handle()), "cuLaunchKernel");
    if (stream.device().checksLaunches()) {
      check(stream.awaitCode(), "the kernel");
    }
  }

  private void check(int code, String call) {
    if (code != Status.SUCCESS) {
      throw Status.failure(code, call, shape);
    }
  }

  private int call(long stream) {
    try {
      return extended.isPresent()
          ? extended.get().call(kernel.handle(), stream, parameters)
          : PanamaCalls.launchKernel(kernel.handle(), shape, stream, parameters);
    } finally {
      // The driver reads the parameters during the call only.
      Reference.reachabilityFence(arguments);
    }
  }
}
