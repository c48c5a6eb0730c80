package org.stic.kernels;

import java.util.List;
import java.util.stream.Stream;
import org.stic.cuda.MathMode;

/**
 * Products on tensor cores, each kernel at awkward sizes. The oracle multiplies factors that are
 * rounded as the format says, in double precision: what is left is the rounding of the sums, of
 * which twice is granted that plain single precision has, because a tensor core rounds its own way.
 */
final class TensorCases {
  private static final List<ConvolutionShape> SHAPES =
      List.of(
          new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 1, 0),
          new ConvolutionShape(2, 3, 5, 7, 4, 3, 3, 1, 1),
          new ConvolutionShape(1, 5, 9, 9, 7, 3, 3, 2, 1),
          new ConvolutionShape(2, 1, 8, 8, 3, 4, 4, 2, 1),
          new ConvolutionShape(3, 2, 6, 6, 3, 2, 2, 1, 2),
          new ConvolutionShape(1, 4, 4, 4, 2, 1, 1, 2, 0),
          // residue classes of 288 and of 242 pixels: not as many whole blocks
          new ConvolutionShape(2, 2, 23, 23, 3, 4, 4, 2, 1),
          // More filters and channels than a tile has rows, and several steps of depth.
          new ConvolutionShape(1, 2, 5, 5, 127, 1, 1, 1, 0),
          new ConvolutionShape(1, 33, 6, 6, 31, 3, 3, 1, 1),
          new ConvolutionShape(1, 3, 13, 13, 130, 1, 2, 1, 1),
          // More pixels than the wide tile has columns; strides of 3 and 5.
          new ConvolutionShape(31, 1, 3, 3, 2, 2, 2, 1, 1),
          new ConvolutionShape(2, 3, 13, 9, 5, 5, 3, 3, 4),
          new ConvolutionShape(1, 2, 31, 31, 3, 3, 3, 5, 1));

  /** Several splits of the sum over pixels, the last of them smaller. */
  private static final ConvolutionShape SPLIT = new ConvolutionShape(9, 2, 13, 13, 3, 3, 3, 1, 1);

  /** Rows, columns, inner. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1, 1},
          new int[] {31, 33, 127},
          new int[] {127, 31, 33},
          new int[] {1, 127, 31},
          new int[] {33, 1, 2},
          new int[] {130, 129, 17});

  private TensorCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(MathMode.BF16, MathMode.TF32, MathMode.TF32X3).flatMap(TensorCases::rows);
  }

  private static Stream<KernelCase> rows(MathMode math) {
    Stream<KernelCase> images =
        Stream.of(math.flag(), math + "_wide")
            .flatMap(
                suffix ->
                    Stream.of(
                        convolution(
                            "convolution_forward_" + suffix,
                            (rig, kernel, shape) -> forward(rig, kernel, math, shape)),
                        convolution(
                            "convolution_backward_data_" + suffix,
                            (rig, kernel, shape) -> backwardData(rig, kernel, math, shape))));
    return Stream.concat(images, Stream.of(filter(math), product(math)));
  }

  private interface Test {
    void run(KernelRig rig, String kernel, ConvolutionShape shape);
  }

  private static KernelCase convolution(String kernel, Test test) {
    return new KernelCase(
        kernel,
        "at awkward sizes",
        rig -> {
          for (ConvolutionShape shape : SHAPES) {
            try (KernelRig.Scope _ = rig.scope()) {
              test.run(rig, kernel, shape);
            }
          }
        });
  }

  private static KernelCase filter(MathMode math) {
    String kernel = "convolution_backward_filter_" + math;
    return new KernelCase(
        kernel,
        "at awkward sizes and split",
        rig ->
            Stream.concat(SHAPES.stream(), Stream.of(SPLIT))
                .forEach(
                    shape -> {
                      try (KernelRig.Scope _ = rig.scope()) {
                        backwardFilter(rig, kernel, math, shape);
                      }
                    }));
  }

  private static KernelCase product(MathMode math) {
    return new KernelCase(
        "matrix_product_" + math,
        "all transposes, batched and shared",
        rig -> {
          for (int[] size : SIZES) {
            for (int transposes = 0; transposes < 4; transposes++) {
              boolean a = transposes % 2 == 1;
              boolean b = transposes / 2 == 1;
              int batch = 1 + transposes;
              try (KernelRig.Scope _ = rig.scope()) {
                product(
                    rig,
                    math,
                    new MatrixShape(
                        batch, size[0], size[1], size[2], a, b, batch == 2, batch == 3));
              }
            }
          }
        });
  }

  private static void forward(KernelRig rig, String kernel, MathMode math, ConvolutionShape shape) {
    TestBuffer input = rig.uniform(shape.inputElements(), -1, 1);
    TestBuffer filter = rig.uniform(shape.filterElements(), -1, 1);
    TestBuffer bias = rig.uniform(shape.filters(), -1, 1);
    TestBuffer output = rig.poisoned(shape.outputElements());
    KernelCall call =
        Convolution.forward(
            output.address(), input.address(), filter.address(), bias.address(), shape);
    rig.run(only(kernel, call));
    SumOracle oracle = new SumOracle(shape.outputElements());
    float[] x = Rounding.round(input.floats(), math);
    float[] w = Rounding.round(filter.floats(), math);
    float[] b = bias.floats();
    int plane = shape.outputHeight() * shape.outputWidth();
    for (int i = 0; i < shape.outputElements(); i++) {
      oracle.add(i, b[i / plane % shape.filters()]);
    }
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(yAt, (double) x[xAt] * w[wAt]));
    oracle.expect(output, tolerance(math, shape.taps() + 1));
  }

  private static void backwardData(
      KernelRig rig, String kernel, MathMode math, ConvolutionShape shape) {
    TestBuffer outputGradient = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer filter = rig.uniform(shape.filterElements(), -1, 1);
    TestBuffer inputGradient = rig.poisoned(shape.inputElements());
    KernelCall call =
        Convolution.backwardData(
            inputGradient.address(), outputGradient.address(), filter.address(), shape);
    rig.run(only(kernel, call));
    SumOracle oracle = new SumOracle(shape.inputElements());
    float[] dy = Rounding.round(outputGradient.floats(), math);
    float[] w = Rounding.round(filter.floats(), math);
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(xAt, (double) dy[yAt] * w[wAt]));
    long terms = (long) shape.filters() * shape.filterHeight() * shape.filterWidth();
    oracle.expect(inputGradient, tolerance(math, terms));
  }

  private static void backwardFilter(
      KernelRig rig, String kernel, MathMode math, ConvolutionShape shape) {
    TestBuffer outputGradient = rig.uniform(shape.outputElements(), -1, 1);
    TestBuffer input = rig.uniform(shape.inputElements(), -1, 1);
    TestBuffer filterGradient = rig.poisoned(shape.filterElements());
    long floats = Convolution.backwardFilterWorkspace(shape) / Float.BYTES;
    TestBuffer workspace = rig.poisoned(Math.max(1, floats));
    List<KernelCall> calls =
        Convolution.backwardFilter(
            filterGradient.address(),
            outputGradient.address(),
            input.address(),
            workspace.address(),
            shape);
    rig.run(
        Stream.concat(Stream.of(only(kernel, calls.getFirst())), calls.stream().skip(1)).toList());
    SumOracle oracle = new SumOracle(shape.filterElements());
    float[] dy = Rounding.round(outputGradient.floats(), math);
    float[] x = Rounding.round(input.floats(), math);
    ConvolutionTerms.forEach(shape, (yAt, xAt, wAt) -> oracle.add(wAt, (double) dy[yAt] * x[xAt]));
    oracle.expect(filterGradient, tolerance(math, shape.pixels()));
  }

  private static void product(KernelRig rig, MathMode math, MatrixShape shape) {
    TestBuffer a = rig.uniform(shape.elementsOfA(), -1, 1);
    TestBuffer b = rig.uniform(shape.elementsOfB(), -1, 1);
    TestBuffer c = rig.poisoned(shape.elementsOfC());
    KernelCall call =
        MatrixProduct.product(
            c.address(), a.address(), b.address(), shape, MatrixProductCases.SCALE);
    rig.run(only("matrix_product_" + math, call));
    MatrixProductCases.product(
            shape, Rounding.round(a.floats(), math), Rounding.round(b.floats(), math))
        .expect(c, tolerance(math, shape.inner()));
  }

  private static Tolerance tolerance(MathMode math, long terms) {
    Tolerance sum = Tolerance.ofSum(terms);
    return math == MathMode.TF32X3
        ? Tolerance.ofRoundedSum(math, terms)
        : new Tolerance(sum.absolute(), 2 * sum.relative());
  }

  /** The call by one of its rungs and no other. */
  static KernelCall only(String kernel, KernelCall call) {
    return call.rungs().stream()
        .filter(rung -> rung.name().equals(kernel))
        .map(rung -> new KernelCall((KernelRung) rung, call.cost(), List.of()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the call has no rung " + kernel));
  }
}
