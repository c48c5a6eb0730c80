package org.stic.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stic.cuda.MathMode;

/** The kernels of kernels/tensor: products by the matrix instructions of sm_80 and later. */
final class TensorRungs {
  private static final int CAPABILITY = 80;

  /** Offsets of factors are 32 bits wide. */
  private static final long MOST_ELEMENTS = (1L << 31) - 1;

  /** Rows and columns of images are 16 bits wide. */
  private static final int LONGEST_SIDE = 8191;

  private static final List<MathMode> MODES =
      List.of(MathMode.BF16, MathMode.TF32, MathMode.TF32X3);

  private TensorRungs() {}

  /**
   * A convolution with its rungs, of which the wide ones stand first where they waste fewer rows.
   *
   * @param rows rows of the product: channels of what it writes
   */
  static KernelCall convolution(KernelCall call, ConvolutionShape shape, int rows) {
    List<Condition> conditions = conditions(shape);
    KernelCall more = call;
    for (MathMode math : MODES) {
      String square = name(call.kernel(), math);
      for (String kernel :
          rows <= 32 ? List.of(wide(square), square) : List.of(square, wide(square))) {
        more = more.or(rung(call, kernel, math, call.arguments(), conditions));
      }
    }
    return more;
  }

  /** A filter's gradient with its rungs. */
  static KernelCall filterGradient(KernelCall call, ConvolutionShape shape) {
    List<Condition> conditions = conditions(shape);
    KernelCall more = call;
    for (MathMode math : MODES) {
      String kernel = name(call.kernel(), math);
      more = more.or(rung(call, kernel, math, call.arguments(), conditions));
    }
    return more;
  }

  /** A matrix product with its rungs, which take the transposes as arguments. */
  static KernelCall product(KernelCall call, MatrixShape shape) {
    List<Argument> arguments = new ArrayList<>(call.arguments());
    arguments.add(Argument.integer(shape.transposeA() ? 1 : 0));
    arguments.add(Argument.integer(shape.transposeB() ? 1 : 0));
    List<Condition> conditions =
        List.of(
            Condition.capability(CAPABILITY),
            elements("elements of A", (long) shape.rows() * shape.inner()),
            elements("elements of B", (long) shape.inner() * shape.columns()));
    KernelCall more = call;
    for (MathMode math : MODES) {
      more = more.or(rung(call, name("matrix_product", math), math, arguments, conditions));
    }
    return more;
  }

  /** Describes the kernels of one operation in every arithmetic. */
  static List<KernelDescription> describe(KernelDescription plain, String kernel, boolean hasWide) {
    List<KernelDescription> all = new ArrayList<>();
    for (MathMode math : MODES) {
      String name = name(kernel, math);
      String formula = plain.formula() + ", factors rounded to " + math;
      all.add(
          new KernelDescription(
              name, "tensor", formula, plain.cost(), terms -> Tolerance.ofRoundedSum(math, terms)));
      if (hasWide) {
        all.add(all.getLast().forGpu(wide(name)));
      }
    }
    return all;
  }

  private static String name(String kernel, MathMode math) {
    return kernel + "_" + math.flag();
  }

  private static String wide(String kernel) {
    return kernel + "_wide";
  }

  private static KernelRung rung(
      KernelCall call,
      String kernel,
      MathMode math,
      List<Argument> arguments,
      List<Condition> conditions) {
    KernelRung own = call.own();
    return new KernelRung(kernel, math, own.x(), own.y(), own.z(), arguments, conditions);
  }

  private static List<Condition> conditions(ConvolutionShape shape) {
    int side =
        Arrays.stream(
                new int[] {
                  shape.height() + 2 * shape.padding(),
                  shape.width() + 2 * shape.padding(),
                  shape.outputHeight() + shape.filterHeight(),
                  shape.outputWidth() + shape.filterWidth()
                })
            .max()
            .getAsInt();
    return List.of(
        Condition.capability(CAPABILITY),
        Condition.atMost("the padded image's longer side", side, LONGEST_SIDE),
        elements("elements of the input", shape.inputElements()),
        elements("elements of the output", shape.outputElements()),
        elements("elements of the filter", shape.filterElements()));
  }

  private static Condition elements(String name, long count) {
    return Condition.atMost(name, count, MOST_ELEMENTS);
  }
}
