package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.VendorTask;

/**
 * The three products of a convolution (kernels/conv). All tensors are NCHW or KCRS, packed, single
 * precision, at device addresses.
 */
public final class Convolution {
  /** Pixels below which a split of the filter gradient is not worth its second pass. */
  private static final int PIXELS_PER_SPLIT = 512;

  /** Partial sums beyond which a split only costs memory: there are blocks enough without it. */
  private static final long PARTIAL_ELEMENTS = 1L << 21;

  private Convolution() {}

  /**
   * {@code output[n,k,p,q] = bias[k] + sum input[n,c,p*stride+r-padding,q*stride+s-padding] *
   * filter[k,c,r,s]}.
   *
   * @param biasOrZero one value per filter, or 0 for none
   */
  public static KernelCall forward(
      long output, long input, long filter, long biasOrZero, ConvolutionShape shape) {
    return forward(output, input, filter, biasOrZero, 0, 1, shape);
  }

  /**
   * The same with a residual and a piecewise linear activation: {@code f(sum + bias + addend)},
   * where {@code f(v)} is v, or {@code slope v} where v is negative.
   *
   * @param addendOrZero laid out as the output, or 0 for none; not the output itself
   * @param slope 1 for no activation, 0 for ReLU
   */
  public static KernelCall forward(
      long output,
      long input,
      long filter,
      long biasOrZero,
      long addendOrZero,
      float slope,
      ConvolutionShape shape) {
    List<Argument> arguments =
        new ArrayList<>(arguments(shape, output, input, filter, biasOrZero, addendOrZero));
    arguments.add(real(slope));
    Cost addend = addendOrZero == 0 ? Cost.NONE : Cost.ofFloats(shape.outputElements(), 0);
    KernelCall call =
        new KernelCall(
                "convolution_forward",
                shape.pixels(),
                shape.filters(),
                1,
                arguments,
                cost(shape).plus(addend))
            .orTask(
                new VendorTask.ConvolutionForward(
                    output, input, filter, biasOrZero, addendOrZero, slope, sizes(shape)))
            .or(HopperRung.forward(output, input, filter, biasOrZero, addendOrZero, slope, shape));
    return TensorRungs.convolution(call, shape, shape.filters());
  }

  /** The gradient by the input; writes every element. */
  public static KernelCall backwardData(
      long inputGradient, long outputGradient, long filter, ConvolutionShape shape) {
    int stride = shape.stride();
    long classPixels =
        (long) shape.images()
            * Math.ceilDiv(shape.height(), stride)
            * Math.ceilDiv(shape.width(), stride);
    KernelCall call =
        new KernelCall(
                "convolution_backward_data",
                classPixels,
                shape.channels(),
                (long) stride * stride,
                arguments(shape, inputGradient, outputGradient, filter),
                cost(shape))
            .orTask(
                new VendorTask.ConvolutionBackwardData(
                    inputGradient, outputGradient, filter, sizes(shape)))
            .or(HopperRung.backwardData(inputGradient, outputGradient, filter, shape));
    return TensorRungs.convolution(call, shape, shape.channels());
  }

  /**
   * The gradient by the filter: partial sums over fixed ranges of pixels, then their sum in a fixed
   * order.
   *
   * @param workspace {@link #backwardFilterWorkspace} bytes; may be 0 where that is 0
   */
  public static List<KernelCall> backwardFilter(
      long filterGradient,
      long outputGradient,
      long input,
      long workspace,
      ConvolutionShape shape) {
    int pixelsPerSplit = pixelsPerSplit(shape);
    int splits = splits(shape);
    long target = splits == 1 ? filterGradient : workspace;
    List<Argument> product = new ArrayList<>(arguments(shape, target, outputGradient, input));
    product.add(integer(pixelsPerSplit));
    KernelCall call =
        new KernelCall(
                "convolution_backward_filter",
                shape.filters(),
                shape.taps(),
                splits,
                product,
                cost(shape))
            .orTask(
                new VendorTask.ConvolutionBackwardFilter(
                    filterGradient, outputGradient, input, sizes(shape)))
            .or(HopperRung.backwardFilter(target, outputGradient, input, splits, shape));
    KernelCall partial = TensorRungs.filterGradient(call, shape);
    return splits == 1
        ? List.of(partial)
        : List.of(
            partial,
            partialSum(filterGradient, workspace, splits, shape).orTask(new VendorTask.Included()));
  }

  /** Bytes of scratch memory that {@link #backwardFilter} needs. */
  public static long backwardFilterWorkspace(ConvolutionShape shape) {
    int splits = splits(shape);
    return splits == 1 ? 0 : splits * shape.filterElements() * Float.BYTES;
  }

  static List<KernelDescription> kernels() {
    List<KernelDescription> kernels = new ArrayList<>(plainKernels());
    for (KernelDescription plain : plainKernels()) {
      if (!plain.name().endsWith("_sum")) {
        boolean hasWide = !plain.name().endsWith("_filter");
        kernels.addAll(TensorRungs.describe(plain, plain.name(), hasWide));
      }
    }
    return kernels;
  }

  private static List<KernelDescription> plainKernels() {
    String cost = "4 (|x| + |y| + |w|) B, 2 |y| C R S";
    return List.of(
        new KernelDescription(
            "convolution_forward",
            "conv",
            "y[n, k, p, q] = f(bias[k] + addend[n, k, p, q] + sum x[n, c, p st + r - pad, q st + s"
                + " - pad] w[k, c, r, s]), f(v) = v or slope v",
            cost,
            Tolerance::ofSum),
        new KernelDescription(
            "convolution_backward_data",
            "conv",
            "dx[n, c, h, w] = sum dy[n, k, (h + pad - r)/st, (w + pad - s)/st] w[k, c, r, s]",
            cost,
            Tolerance::ofSum),
        new KernelDescription(
            "convolution_backward_filter",
            "conv",
            "dw[k, c, r, s] = sum dy[n, k, p, q] x[n, c, p st + r - pad, q st + s - pad]",
            cost,
            Tolerance::ofSum),
        new KernelDescription(
            "convolution_backward_filter_sum",
            "conv",
            "dw = sum of the splits' partial sums, in order",
            "4 (splits + 1) |w| B, (splits - 1) |w|",
            Tolerance::ofSum));
  }

  private static VendorTask.Sizes sizes(ConvolutionShape shape) {
    return new VendorTask.Sizes(
        shape.images(),
        shape.channels(),
        shape.height(),
        shape.width(),
        shape.filters(),
        shape.filterHeight(),
        shape.filterWidth(),
        shape.stride(),
        shape.padding(),
        shape.outputHeight(),
        shape.outputWidth());
  }

  private static KernelCall partialSum(
      long filterGradient, long workspace, int splits, ConvolutionShape shape) {
    long elements = shape.filterElements();
    return new KernelCall(
        "convolution_backward_filter_sum",
        elements,
        1,
        1,
        List.of(
            pointer(filterGradient),
            pointer(workspace),
            integer(Math.toIntExact(elements)),
            integer(splits)),
        Cost.ofFloats((splits + 1) * elements, (splits - 1) * elements));
  }

  private static int splits(ConvolutionShape shape) {
    return Math.toIntExact(Math.ceilDiv(shape.pixels(), (long) pixelsPerSplit(shape)));
  }

  // Depends on the shape only, never on the device, so that the order of additions is the same
  // everywhere.
  private static int pixelsPerSplit(ConvolutionShape shape) {
    long useful = Math.max(1, PARTIAL_ELEMENTS / shape.filterElements());
    long splits = Math.clamp(shape.pixels() / PIXELS_PER_SPLIT, 1, Math.min(64, useful));
    return Math.toIntExact(Math.ceilDiv(shape.pixels(), splits));
  }

  private static Cost cost(ConvolutionShape shape) {
    return Cost.ofFloats(
        shape.inputElements() + shape.outputElements() + shape.filterElements(), shape.flops());
  }

  private static List<Argument> arguments(ConvolutionShape shape, long... addresses) {
    List<Argument> arguments = new ArrayList<>();
    for (long address : addresses) {
      arguments.add(pointer(address));
    }
    for (int size :
        new int[] {
          shape.images(),
          shape.channels(),
          shape.height(),
          shape.width(),
          shape.filters(),
          shape.filterHeight(),
          shape.filterWidth(),
          shape.stride(),
          shape.padding()
        }) {
      arguments.add(integer(size));
    }
    return arguments;
  }
}
