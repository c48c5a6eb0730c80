package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/** Functions and their derivatives against commons-math's automatic differentiation. */
final class UnaryCases {

  private UnaryCases() {}

  static Stream<KernelCase> rows() {
    Stream<KernelCase> functions =
        Stream.of(UnaryFunction.values())
            .flatMap(
                function ->
                    IntStream.rangeClosed(0, UnaryFunction.MAXIMUM_ORDER)
                        .boxed()
                        .flatMap(
                            order -> Stream.of(plain(function, order), scaled(function, order))));
    return Stream.concat(functions, Stream.of(affine()));
  }

  private static KernelCase plain(UnaryFunction function, int order) {
    return new KernelCase(
        Unary.apply(0, 0, 1, function, order).kernel(),
        function + " order " + order,
        rig -> {
          for (int n : sizes(rig)) {
            TestBuffer x = rig.floats(inputs(rig, function, n));
            TestBuffer y = rig.poisoned(n);
            KernelCall call = Unary.apply(y.address(), x.address(), n, function, order);
            rig.run(call);
            Expect.near(oracle(function, order, x.floats()), y.floats(), tolerance(call));
          }
        });
  }

  private static KernelCase scaled(UnaryFunction function, int order) {
    return new KernelCase(
        Unary.scaled(0, 0, 0, 1, function, order).kernel(),
        function + " order " + order,
        rig -> {
          for (int n : sizes(rig)) {
            TestBuffer x = rig.floats(inputs(rig, function, n));
            TestBuffer multiplier = rig.uniform(n, -1, 1);
            TestBuffer y = rig.poisoned(n);
            KernelCall call =
                Unary.scaled(y.address(), multiplier.address(), x.address(), n, function, order);
            rig.run(call);
            double[] expected = oracle(function, order, x.floats());
            float[] factor = multiplier.floats();
            Arrays.setAll(expected, i -> expected[i] * factor[i]);
            Tolerance one = tolerance(call);
            Expect.near(
                expected, y.floats(), new Tolerance(one.absolute(), one.relative() + 0x1p-23));
          }
        });
  }

  private static KernelCase affine() {
    return new KernelCase(
        "affine",
        "in place",
        rig -> {
          for (int n : KernelRig.AWKWARD_SIZES) {
            TestBuffer x = rig.uniform(n, -3, 3);
            float[] before = x.floats();
            rig.run(Affine.apply(x.address(), x.address(), n, -1.7f, 0.3f));
            double[] expected = new double[n];
            Arrays.setAll(expected, i -> Math.fma((double) -1.7f, before[i], 0.3f));
            double[] magnitude = new double[n];
            Arrays.setAll(magnitude, i -> 1.7 * Math.abs(before[i]) + 0.3);
            Expect.near(
                expected, magnitude, x.floats(), KernelCatalog.entry("affine").tolerance(1));
          }
        });
  }

  private static List<Integer> sizes(KernelRig rig) {
    return List.of(1, 33, 8193 + rig.random().nextInt(100));
  }

  private static Tolerance tolerance(KernelCall call) {
    return KernelCatalog.entry(call.kernel()).tolerance(1);
  }

  /**
   * Values all over the domain: three quarters of moderate size, a quarter over many orders of
   * magnitude.
   */
  private static float[] inputs(KernelRig rig, UnaryFunction function, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      double moderate = rig.random().nextDouble(-10, 10);
      double wide = Math.copySign(Math.pow(10, rig.random().nextDouble(-7, 1.7)), moderate);
      double x = i % 4 == 3 ? wide : moderate;
      values[i] =
          (float)
              (function == UnaryFunction.LOGARITHM || function == UnaryFunction.SQUARE_ROOT
                  ? Math.abs(x)
                  : x);
    }
    return values;
  }

  private static double[] oracle(UnaryFunction function, int order, float[] inputs) {
    double[] expected = new double[inputs.length];
    Arrays.setAll(expected, i -> value(function, inputs[i]).getPartialDerivative(order));
    return expected;
  }

  private static DerivativeStructure value(UnaryFunction function, double at) {
    DerivativeStructure x = new DerivativeStructure(1, UnaryFunction.MAXIMUM_ORDER, 0, at);
    return switch (function) {
      case IDENTITY -> x;
      case NEGATE -> x.negate();
      case ABSOLUTE -> x.abs();
      case SQUARE -> x.multiply(x);
      case SQUARE_ROOT -> x.sqrt();
      case RECIPROCAL -> x.reciprocal();
      case EXPONENTIAL -> x.exp();
      case LOGARITHM -> x.log();
      case SIGMOID -> sigmoid(x);
      case TANH ->
          sigmoid(x.multiply(2)).multiply(2).subtract(1); // x.tanh() loses small derivatives
      case SOFTPLUS -> at > 0 ? x.negate().exp().log1p().add(x) : x.exp().log1p();
      case SILU -> x.multiply(sigmoid(x));
      case LEAKY_RELU -> x.multiply(at > 0 ? 1 : 0.2f);
      case RELU -> x.multiply(at > 0 ? 1 : 0);
    };
  }

  private static DerivativeStructure sigmoid(DerivativeStructure x) {
    return x.negate().exp().add(1).reciprocal();
  }
}
