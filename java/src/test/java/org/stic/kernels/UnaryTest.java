package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.cuda.KernelImage;

/** Functions where their polynomials end: at infinities, zeros, subnormals and NaN. */
class UnaryTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float TINY = 1e-40f;

  private record Point(UnaryFunction function, float at, float expected) {}

  private static final List<Point> POINTS =
      List.of(
          new Point(UnaryFunction.EXPONENTIAL, 0, 1),
          new Point(UnaryFunction.EXPONENTIAL, 88.72283f, (float) Math.exp(88.72283f)),
          new Point(UnaryFunction.EXPONENTIAL, 88.73f, INFINITY),
          new Point(UnaryFunction.EXPONENTIAL, 1e30f, INFINITY),
          new Point(UnaryFunction.EXPONENTIAL, INFINITY, INFINITY),
          new Point(UnaryFunction.EXPONENTIAL, -86.6f, (float) Math.exp(-86.6f)),
          new Point(UnaryFunction.EXPONENTIAL, -88, 0),
          new Point(UnaryFunction.EXPONENTIAL, -1e30f, 0),
          new Point(UnaryFunction.EXPONENTIAL, -INFINITY, 0),
          new Point(UnaryFunction.LOGARITHM, 1, 0),
          new Point(UnaryFunction.LOGARITHM, 0, -INFINITY),
          new Point(UnaryFunction.LOGARITHM, TINY, (float) Math.log(TINY)),
          new Point(UnaryFunction.LOGARITHM, Float.MAX_VALUE, (float) Math.log(Float.MAX_VALUE)),
          new Point(UnaryFunction.LOGARITHM, INFINITY, INFINITY),
          new Point(UnaryFunction.LOGARITHM, -1, Float.NaN),
          new Point(UnaryFunction.SIGMOID, 0, 0.5f),
          new Point(UnaryFunction.SIGMOID, INFINITY, 1),
          new Point(UnaryFunction.SIGMOID, -INFINITY, 0),
          new Point(UnaryFunction.SIGMOID, -80, (float) Math.exp(-80)),
          new Point(UnaryFunction.SOFTPLUS, INFINITY, INFINITY),
          new Point(UnaryFunction.SOFTPLUS, -INFINITY, 0),
          new Point(UnaryFunction.SOFTPLUS, -80, (float) Math.exp(-80)),
          new Point(UnaryFunction.SOFTPLUS, 1000, 1000),
          new Point(UnaryFunction.TANH, INFINITY, 1),
          new Point(UnaryFunction.TANH, -INFINITY, -1),
          new Point(UnaryFunction.TANH, 1e-20f, 1e-20f),
          new Point(UnaryFunction.SILU, INFINITY, INFINITY),
          new Point(UnaryFunction.SILU, -200, 0),
          new Point(UnaryFunction.SQUARE_ROOT, -1, Float.NaN),
          new Point(UnaryFunction.RECIPROCAL, 0, INFINITY),
          new Point(UnaryFunction.LEAKY_RELU, -5, -1),
          new Point(UnaryFunction.RELU, -5, 0),
          new Point(UnaryFunction.RELU, -INFINITY, 0),
          new Point(UnaryFunction.RELU, INFINITY, INFINITY));

  static Stream<KernelImage> images() {
    return KernelRig.images().stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void edgesOfTheDomain(KernelImage image) {
    try (KernelRig rig = KernelRig.open(image, 0)) {
      for (Point point : POINTS) {
        Tolerance tolerance = Tolerance.ulps(4);
        float result = apply(rig, point.function, 0, point.at);
        assertEquals(
            true, tolerance.accepts(result, point.expected), () -> point + " but was " + result);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void nanGivesNanWhereTheDerivativeIsNotConstant(KernelImage image) {
    try (KernelRig rig = KernelRig.open(image, 0)) {
      for (UnaryFunction function : UnaryFunction.values()) {
        boolean isStep = function == UnaryFunction.LEAKY_RELU || function == UnaryFunction.RELU;
        int orders = isStep ? 1 : UnaryFunction.MAXIMUM_ORDER + 1;
        for (int order = 0; order < orders; order++) {
          if (function.constantDerivative(order).isEmpty()) {
            assertEquals(Float.NaN, apply(rig, function, order, Float.NaN), function + " " + order);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ordersBeyondThreeAreRefused(UnaryFunction function) {
    assertThrows(IllegalArgumentException.class, () -> Unary.apply(0, 0, 1, function, 4));
  }

  @Test
  void emptyArraysAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Unary.apply(0, 0, 0, UnaryFunction.SILU, 0));
  }

  private static float apply(KernelRig rig, UnaryFunction function, int order, float at) {
    try (KernelRig.Scope _ = rig.scope()) {
      TestBuffer x = rig.floats(at);
      rig.run(Unary.apply(x.address(), x.address(), 1, function, order));
      return x.floats()[0];
    }
  }
}
