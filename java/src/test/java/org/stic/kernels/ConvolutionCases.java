package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The three products of a convolution at sizes around those of warps, vectors and tiles. */
final class ConvolutionCases {
  private static final List<ConvolutionShape> SHAPES =
      List.of(
          new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 1, 0),
          new ConvolutionShape(2, 3, 5, 7, 4, 3, 3, 1, 1),
          // Strides of 2 and 3, odd channels, a filter that is not square.
          new ConvolutionShape(1, 5, 9, 9, 7, 3, 3, 2, 1),
          new ConvolutionShape(2, 1, 8, 8, 3, 4, 4, 2, 1),
          new ConvolutionShape(2, 3, 31, 33, 5, 5, 3, 3, 4),
          // Padding of more than half the filter; a stride of more than the filter.
          new ConvolutionShape(3, 2, 6, 6, 3, 2, 2, 1, 2),
          new ConvolutionShape(1, 4, 4, 4, 2, 1, 1, 2, 0),
          // More filters, channels and images than a tile has rows, depth and columns.
          new ConvolutionShape(1, 2, 5, 5, 127, 3, 3, 1, 1),
          new ConvolutionShape(1, 40, 6, 6, 33, 3, 3, 1, 1),
          new ConvolutionShape(127, 1, 2, 2, 2, 2, 2, 1, 0),
          // Enough channels and filters for tiles of 2 x 2 results: odd extents, no and wide
          // padding, more
          // filters, tiles and channels than a block sums at once.
          new ConvolutionShape(2, 17, 11, 13, 35, 3, 3, 1, 1),
          new ConvolutionShape(1, 16, 17, 9, 16, 3, 3, 1, 0),
          new ConvolutionShape(3, 19, 7, 8, 31, 3, 3, 1, 2),
          new ConvolutionShape(1, 131, 9, 8, 140, 3, 3, 1, 1),
          // A filter with more taps than a tile is deep.
          new ConvolutionShape(1, 2, 14, 14, 3, 13, 13, 1, 6),
          // A stride and a width that the fat image's staging does not take.
          new ConvolutionShape(1, 2, 31, 31, 3, 3, 3, 5, 1),
          new ConvolutionShape(1, 1, 3, 600, 2, 3, 3, 1, 1));

  /** Enough pixels for several splits of the sum, the last of them smaller than the others. */
  private static final List<ConvolutionShape> SPLIT_SHAPES =
      List.of(
          new ConvolutionShape(9, 2, 13, 13, 3, 3, 3, 1, 1),
          new ConvolutionShape(33, 1, 14, 14, 5, 4, 4, 2, 1));

  private ConvolutionCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(
        row("convolution_forward", "with bias", SHAPES, (rig, s) -> forward(rig, s, true)),
        row("convolution_forward", "without bias", SHAPES, (rig, s) -> forward(rig, s, false)),
        row("convolution_forward", "with a residual", SHAPES, (rig, s) -> fused(rig, s, 1)),
        row("convolution_forward", "with a residual and ReLU", SHAPES, (r, s) -> fused(r, s, 0)),
        row("convolution_forward", "with LeakyReLU", SHAPES, (rig, s) -> fused(rig, s, 0.2f)),
        row("convolution_backward_data", "", SHAPES, ConvolutionCases::backwardData),
        row("convolution_backward_filter", "unsplit", SHAPES, ConvolutionCases::backwardFilter),
        row(
            "convolution_backward_filter_sum",
            "of several splits",
            SPLIT_SHAPES,
            ConvolutionCases::backwardFilter));
  }

  private static KernelCase row(
      String kernel,
      String situation,
      List<ConvolutionShape> shapes,
      BiConsumer<KernelRig, ConvolutionShape> test) {
    return new KernelCase(
        kernel,
        situation,
        rig -> {
          for (ConvolutionShape shape : shapes) {
            try (KernelRig.Scope _ = rig.scope()) {
              test.accept(rig, shape);
            }
          }
        });
  }

  private static void forward(KernelRig rig, ConvolutionShape shape, boolean withBias) {
    TestBuffer input = rig.uniform(shape.inputElements(), -1, 1);
    TestBuffer filter = rig.uniform(shape.filterElements(), -1, 1);
    TestBuffer bias = rig.uniform(shape.filters(), -1, 1);
    TestBuffer output = rig.poisoned(shape.outputElements());
    long biasAddress = withBias ? bias.address() : 0;
    rig.run(
        Convolution.forward(
            output.address(), input.address(), filter.address(), biasAddress, shape));
    SumOracle oracle = new SumOracle(shape.outputElements());
    float[] x = input.floats();
    float[] w = filter.floats();
    float[] b = bias.floats();
    int plane = shape.outputHeight() * shape.outputWidth();
    for (int i = 0; withBias && i < shape.outputElements(); i++) {
      oracle.add(i, b[i / plane % shape.filters()]);
    }
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(yAt, (double) x[xAt] * w[wAt]));
    oracle.expect(output, "convolution_forward", shape.taps() + 1);
  }

  /** ReLU or none beside a residual, LeakyReLU without one; a bias beside all. */
  private static void fused(KernelRig rig, ConvolutionShape shape, float slope) {
    boolean hasAddend = slope != 0.2f;
    TestBuffer input = rig.uniform(shape.inputElements(), -1, 1);
    TestBuffer filter = rig.uniform(shape.filterElements(), -1, 1);
    TestBuffer bias = rig.uniform(shape.filters(), -1, 1);
    TestBuffer addend = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer output = rig.poisoned(shape.outputElements());
    rig.run(
        Convolution.forward(
            output.address(),
            input.address(),
            filter.address(),
            bias.address(),
            hasAddend ? addend.address() : 0,
            slope,
            shape));
    float[] x = input.floats();
    float[] w = filter.floats();
    int plane = shape.outputHeight() * shape.outputWidth();
    double[] sums = new double[output.length()];
    double[] magnitudes = new double[output.length()];
    float[] b = bias.floats();
    float[] a = addend.floats();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = b[i / plane % shape.filters()] + (hasAddend ? a[i] : 0);
      magnitudes[i] = Math.abs(sums[i]) + 1;
    }
    ConvolutionTerms.forEach(
        shape,
        (yAt, xAt, wAt) -> {
          sums[yAt] += (double) x[xAt] * w[wAt];
          magnitudes[yAt] += Math.abs((double) x[xAt] * w[wAt]);
        });
    double[] expected = Arrays.stream(sums).map(v -> v < 0 ? slope * v : v).toArray();
    Expect.near(expected, magnitudes, output.floats(), Tolerance.ofSum(shape.taps() + 2));
  }

  private static void backwardData(KernelRig rig, ConvolutionShape shape) {
    TestBuffer outputGradient = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer filter = rig.uniform(shape.filterElements(), -1, 1);
    TestBuffer inputGradient = rig.poisoned(shape.inputElements());
    rig.run(
        Convolution.backwardData(
            inputGradient.address(), outputGradient.address(), filter.address(), shape));
    SumOracle oracle = new SumOracle(shape.inputElements());
    float[] dy = outputGradient.floats();
    float[] w = filter.floats();
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(xAt, (double) dy[yAt] * w[wAt]));
    oracle.expect(
        inputGradient,
        "convolution_backward_data",
        (long) shape.filters() * shape.filterHeight() * shape.filterWidth());
  }

  private static void backwardFilter(KernelRig rig, ConvolutionShape shape) {
    TestBuffer outputGradient = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer input = rig.uniform(shape.inputElements(), -1, 1);
    TestBuffer filterGradient = rig.poisoned(shape.filterElements());
    TestBuffer workspace =
        rig.poisoned(Math.max(1, Convolution.backwardFilterWorkspace(shape) / Float.BYTES));
    rig.run(
        Convolution.backwardFilter(
            filterGradient.address(),
            outputGradient.address(),
            input.address(),
            workspace.address(),
            shape));
    SumOracle oracle = new SumOracle(shape.filterElements());
    float[] dy = outputGradient.floats();
    float[] x = input.floats();
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(wAt, (double) dy[yAt] * x[xAt]));
    oracle.expect(filterGradient, "convolution_backward_filter", shape.pixels());
  }
}
