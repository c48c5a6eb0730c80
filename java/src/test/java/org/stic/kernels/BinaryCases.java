package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Two operands of the same shape, and broadcast along every subset of dimensions. */
final class BinaryCases {
  private static final List<int[]> SHAPES =
      List.of(
          new int[] {1},
          new int[] {7, 33},
          new int[] {5, 1, 127},
          new int[] {2, 3, 31, 9},
          new int[] {3, 2, 1, 1300});

  private BinaryCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(BinaryFunction.values())
        .flatMap(function -> Stream.of(same(function), broadcast(function)));
  }

  private static KernelCase same(BinaryFunction function) {
    return new KernelCase(
        "binary_" + function.kernelName(),
        "awkward sizes",
        rig -> {
          for (int n : KernelRig.AWKWARD_SIZES) {
            TestBuffer a = rig.uniform(n, -2, 2);
            TestBuffer b = rig.uniform(n, 0.5, 2);
            TestBuffer out = rig.poisoned(n);
            rig.run(Binary.same(out.address(), a.address(), b.address(), n, function));
            float[] x = a.floats();
            float[] y = b.floats();
            double[] expected = new double[n];
            Arrays.setAll(expected, i -> apply(function, x[i], y[i]));
            Expect.near(expected, out.floats(), tolerance("binary_", function));
          }
        });
  }

  private static KernelCase broadcast(BinaryFunction function) {
    return new KernelCase(
        "broadcast_" + function.kernelName(),
        "all subsets of repeated dimensions",
        rig -> {
          for (int[] dims : SHAPES) {
            for (int repeatedA = 0; repeatedA < 1 << dims.length; repeatedA += 3) {
              for (int repeatedB = 0; repeatedB < 1 << dims.length; repeatedB++) {
                broadcast(rig, function, dims, strides(dims, repeatedA), strides(dims, repeatedB));
              }
            }
          }
        });
  }

  private static void broadcast(
      KernelRig rig, BinaryFunction function, int[] dims, int[] sa, int[] sb) {
    int n = Arrays.stream(dims).reduce(1, (x, y) -> x * y);
    try (KernelRig.Scope _ = rig.scope()) {
      TestBuffer a = rig.uniform(last(dims, sa) + 1, -2, 2);
      TestBuffer b = rig.uniform(last(dims, sb) + 1, 0.5, 2);
      TestBuffer out = rig.poisoned(n);
      rig.run(Binary.broadcast(out.address(), a.address(), b.address(), dims, sa, sb, function));
      float[] x = a.floats();
      float[] y = b.floats();
      double[] expected = new double[n];
      Arrays.setAll(expected, i -> apply(function, x[offset(dims, sa, i)], y[offset(dims, sb, i)]));
      Expect.near(expected, out.floats(), tolerance("broadcast_", function));
    }
  }

  /** Strides of a packed operand that lacks the dimensions whose bit is set. */
  static int[] strides(int[] dims, int repeated) {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int k = dims.length - 1; k >= 0; k--) {
      if ((repeated >> k & 1) == 0) {
        strides[k] = step;
        step *= dims[k];
      }
    }
    return strides;
  }

  /** Where row-major element i of the loop lies in an operand. */
  static int offset(int[] dims, int[] strides, int i) {
    int offset = 0;
    int rest = i;
    for (int k = dims.length - 1; k >= 0; k--) {
      offset += rest % dims[k] * strides[k];
      rest /= dims[k];
    }
    return offset;
  }

  static int last(int[] dims, int[] strides) {
    int offset = 0;
    for (int k = 0; k < dims.length; k++) {
      offset += (dims[k] - 1) * strides[k];
    }
    return offset;
  }

  private static Tolerance tolerance(String prefix, BinaryFunction function) {
    return KernelCatalog.entry(prefix + function.kernelName()).tolerance(1);
  }

  private static double apply(BinaryFunction function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
    };
  }
}
