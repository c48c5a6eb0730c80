package org.stic.kernels;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.Launch;
import org.stic.cuda.MathMode;

/**
 * A convolution by {@link HopperConvolution}: several launches that share the device's scratch
 * memory. It is for GPUs of capability 9.0 alone; that the CPU's driver can run its portable
 * definitions is for tests.
 *
 * @param name the kernel that multiplies
 * @param scratchBytes what the packed operands and partial sums need
 * @param conditions what it asks of the sizes
 * @param launches the launches by the address of that memory and the number of blocks
 */
record HopperRung(
    String name,
    long scratchBytes,
    List<Condition> conditions,
    BiFunction<Long, Integer, List<KernelRung>> launches)
    implements Rung {
  private static final int CAPABILITY = 90;

  /** What tensor maps have room for: corners and steps of a few bits. */
  private static final int MOST_STRIDE = 8;

  private static final int MOST_SIDE = 64;

  HopperRung {
    conditions = List.copyOf(conditions);
  }

  /** The forward product. */
  static HopperRung forward(
      long output,
      long input,
      long filter,
      long bias,
      long addend,
      float slope,
      ConvolutionShape shape) {
    int width = HopperWorkspace.width(shape.filters(), HopperWorkspace.FORWARD_WIDTHS);
    return new HopperRung(
        HopperConvolution.CONVOLUTION + width,
        HopperWorkspace.forward(shape, 0).end(),
        conditions(shape),
        (scratch, blocks) ->
            new HopperConvolution(shape, scratch, blocks)
                .forward(width, output, input, filter, bias, addend, slope));
  }

  /** The gradient by the input. */
  static HopperRung backwardData(
      long inputGradient, long outputGradient, long filter, ConvolutionShape shape) {
    int width = HopperWorkspace.width(shape.channels(), HopperWorkspace.FORWARD_WIDTHS);
    return new HopperRung(
        HopperConvolution.CONVOLUTION + width,
        HopperWorkspace.backwardData(shape, 0).end(),
        conditions(shape),
        (scratch, blocks) ->
            new HopperConvolution(shape, scratch, blocks)
                .backwardData(width, inputGradient, outputGradient, filter));
  }

  /**
   * The gradient by the filter.
   *
   * @param results filter-sized results to write: the gradient, then zeros
   */
  static HopperRung backwardFilter(
      long filterGradient, long outputGradient, long input, int results, ConvolutionShape shape) {
    int width = HopperWorkspace.width(shape.channels(), HopperWorkspace.FILTER_WIDTHS);
    return new HopperRung(
        HopperConvolution.FILTER + width,
        HopperWorkspace.backwardFilter(shape, width, 0).end(),
        conditions(shape),
        (scratch, blocks) ->
            new HopperConvolution(shape, scratch, blocks)
                .backwardFilter(width, filterGradient, outputGradient, input, results));
  }

  @Override
  public MathMode math() {
    return MathMode.BF16;
  }

  @Override
  public Optional<Refusal> refusal(Device device) {
    int found = 10 * device.properties().computeMajor() + device.properties().computeMinor();
    if (!device.isGpu() || found != CAPABILITY) {
      return Optional.of(new Refusal.Capability(CAPABILITY, true, found));
    }
    if (!device.hasKernel(name)) {
      return Optional.of(new Refusal.Image(device.kernelImage().getFileName().toString()));
    }
    return conditions.stream().flatMap(each -> each.refusal(device).stream()).findFirst();
  }

  @Override
  public DeviceWork prepare(Device device) {
    long scratch = device.scratch(scratchBytes).address();
    List<Launch> prepared =
        launches.apply(scratch, device.properties().multiprocessors()).stream()
            .map(launch -> launch.prepare(device))
            .toList();
    return stream -> prepared.forEach(launch -> launch.enqueue(stream));
  }

  private static List<Condition> conditions(ConvolutionShape shape) {
    return List.of(
        Condition.atMost("stride", shape.stride(), MOST_STRIDE),
        Condition.atMost("padding", shape.padding(), MOST_SIDE),
        Condition.atMost("filterHeight", shape.filterHeight(), MOST_SIDE),
        Condition.atMost("filterWidth", shape.filterWidth(), MOST_SIDE),
        indexable(
            "packed input",
            shape.images() * packed(shape.channels()),
            shape.height(),
            shape.width()),
        indexable(
            "packed output",
            shape.images() * packed(shape.filters()),
            shape.outputHeight(),
            shape.outputWidth()));
  }

  private static long packed(int channels) {
    return HopperWorkspace.packed(channels);
  }

  private static Condition indexable(String name, long planes, int height, int width) {
    return Condition.atMost("elements of the " + name, planes * height * width, Integer.MAX_VALUE);
  }
}
