package org.stic.kernels;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.stic.cuda.Device;
import org.stic.cuda.KernelArguments;
import org.stic.cuda.Launch;
import org.stic.cuda.MathMode;
import org.stic.cuda.TensorMap;

/**
 * A launch of one of this program's kernels.
 *
 * @param kernel name of the exported kernel
 * @param math arithmetic of its products; FP32 for kernels without any
 * @param x work extent along the first axis, in the kernel's own units
 * @param y work extent along the second axis
 * @param z work extent along the third axis
 * @param arguments the kernel's parameters in order: outputs, inputs, sizes, scalars
 * @param conditions what it asks of the device and of the sizes
 */
public record KernelRung(
    String kernel,
    MathMode math,
    long x,
    long y,
    long z,
    List<Argument> arguments,
    List<Condition> conditions)
    implements Rung {

  public KernelRung {
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException(
          "kernel %s: work extents must be at least 1, not %d x %d x %d"
              .formatted(kernel, x, y, z));
    }
    arguments = List.copyOf(arguments);
    conditions = List.copyOf(conditions);
  }

  @Override
  public String name() {
    return kernel;
  }

  @Override
  public Optional<Refusal> refusal(Device device) {
    Stream<Refusal> refusals =
        conditions.stream().map(condition -> condition.refusal(device).orElse(null));
    Stream<Refusal> missing =
        device.hasKernel(kernel)
            ? Stream.empty()
            : Stream.of(new Refusal.Image(device.kernelImage().getFileName().toString()));
    return Stream.concat(refusals, missing).filter(Objects::nonNull).findFirst();
  }

  @Override
  public Launch prepare(Device device) {
    KernelArguments values = new KernelArguments(arguments.size());
    for (Argument argument : arguments) {
      switch (argument) {
        case Argument.Pointer(long address) -> values.pointer(address);
        case Argument.Int(int value) -> values.integer(value);
        case Argument.Long(long value) -> values.longInteger(value);
        case Argument.Real(float value) -> values.real(value);
        case Argument.Copied(TensorMap map) -> values.tensorMap(map);
      }
    }
    return Launch.bind(device, kernel, x, y, z, values);
  }
}
