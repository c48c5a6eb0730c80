package org.stic.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.stic.graph.op.AffineOp;
import org.stic.graph.op.AssembleOp;
import org.stic.graph.op.BroadcastOp;
import org.stic.graph.op.CrossEntropyOp;
import org.stic.graph.op.LangevinOp;
import org.stic.graph.op.LogSoftmaxOp;
import org.stic.graph.op.LogSumExpOp;
import org.stic.graph.op.MatrixProductOp;
import org.stic.graph.op.NormOp;
import org.stic.graph.op.RandomOp;
import org.stic.graph.op.ReshapeOp;
import org.stic.graph.op.ScaledUnaryOp;
import org.stic.graph.op.SliceOp;
import org.stic.graph.op.SoftmaxOp;
import org.stic.graph.op.StopGradientOp;
import org.stic.graph.op.SumOp;
import org.stic.graph.op.TransposeOp;
import org.stic.graph.op.UnaryOp;
import org.stic.graph.op.UniformOp;
import org.stic.kernels.BinaryFunction;
import org.stic.kernels.UnaryFunction;
import org.stic.kernels.Wall;

/**
 * Builds tensors. Each method appends one operation, or none where the result is known to equal an
 * existing tensor: uniform constants, neutral factors and nested affine maps are folded, and
 * broadcast operands of arithmetic are not written out. Operations check shapes and name them in
 * their errors.
 */
public final class Ops {

  private Ops() {}

  // Elementwise functions

  /** y = f(x), element by element. */
  public static Tensor unary(Tensor x, UnaryFunction function) {
    return derivative(x, function, 0);
  }

  /** y = f^(order)(x), element by element. */
  public static Tensor derivative(Tensor x, UnaryFunction function, int order) {
    OptionalDouble constant = function.constantDerivative(order);
    return constant.isPresent()
        ? x.graph().constant(x.shape(), (float) constant.getAsDouble())
        : new UnaryOp(x, function, order).node();
  }

  /** y = multiplier * f^(order)(x), element by element. */
  public static Tensor scaled(Tensor multiplier, Tensor x, UnaryFunction function, int order) {
    OptionalDouble constant = function.constantDerivative(order);
    if (constant.isPresent()) {
      return affine(multiplier, (float) constant.getAsDouble(), 0);
    }
    boolean isOne = multiplier.operation() instanceof UniformOp uniform && uniform.value() == 1;
    return isOne
        ? derivative(x, function, order)
        : new ScaledUnaryOp(multiplier, x, function, order).node();
  }

  /** y = scale * x + offset. */
  public static Tensor affine(Tensor x, float scale, float offset) {
    if (scale == 1 && offset == 0) {
      return x;
    }
    if (scale == 0) {
      return x.graph().constant(x.shape(), offset);
    }
    return switch (x.operation()) {
      case UniformOp uniform -> x.graph().constant(x.shape(), uniform.value() * scale + offset);
      case SumOp sum when offset == 0 ->
          new SumOp(sum.input(), sum.from(), sum.to(), sum.scale() * scale).node();
      case AffineOp inner ->
          affine(inner.input(), inner.scale() * scale, inner.offset() * scale + offset);
      default -> new AffineOp(x, scale, offset).node();
    };
  }

  /** y = factor * x. */
  public static Tensor scale(Tensor x, float factor) {
    return affine(x, factor, 0);
  }

  /** -x. */
  public static Tensor negate(Tensor x) {
    return affine(x, -1, 0);
  }

  /** |x|. */
  public static Tensor absolute(Tensor x) {
    return unary(x, UnaryFunction.ABSOLUTE);
  }

  /** x^2. */
  public static Tensor square(Tensor x) {
    return unary(x, UnaryFunction.SQUARE);
  }

  /** The square root of x. */
  public static Tensor sqrt(Tensor x) {
    return unary(x, UnaryFunction.SQUARE_ROOT);
  }

  /** 1 / x. */
  public static Tensor reciprocal(Tensor x) {
    return unary(x, UnaryFunction.RECIPROCAL);
  }

  /** e^x. */
  public static Tensor exp(Tensor x) {
    return unary(x, UnaryFunction.EXPONENTIAL);
  }

  /** The natural logarithm of x. */
  public static Tensor log(Tensor x) {
    return unary(x, UnaryFunction.LOGARITHM);
  }

  /** 1 / (1 + e^-x). */
  public static Tensor sigmoid(Tensor x) {
    return unary(x, UnaryFunction.SIGMOID);
  }

  /** log sigmoid(x) = -softplus(-x). */
  public static Tensor logSigmoid(Tensor x) {
    return negate(softplus(negate(x)));
  }

  /** The hyperbolic tangent of x. */
  public static Tensor tanh(Tensor x) {
    return unary(x, UnaryFunction.TANH);
  }

  /** log(1 + e^x). */
  public static Tensor softplus(Tensor x) {
    return unary(x, UnaryFunction.SOFTPLUS);
  }

  /** x sigmoid(x). */
  public static Tensor silu(Tensor x) {
    return unary(x, UnaryFunction.SILU);
  }

  /** x above 0, 0.2 x below. */
  public static Tensor leakyRelu(Tensor x) {
    return unary(x, UnaryFunction.LEAKY_RELU);
  }

  /** x above 0, 0 below. */
  public static Tensor relu(Tensor x) {
    return unary(x, UnaryFunction.RELU);
  }

  // Arithmetic with broadcasting

  /** a + b. */
  public static Tensor add(Tensor a, Tensor b) {
    return Arithmetic.add(a, b);
  }

  /** a - b. */
  public static Tensor subtract(Tensor a, Tensor b) {
    return Arithmetic.subtract(a, b);
  }

  /** a * b, element by element. */
  public static Tensor multiply(Tensor a, Tensor b) {
    return Arithmetic.multiply(a, b);
  }

  /** a / b, element by element. */
  public static Tensor divide(Tensor a, Tensor b) {
    return Arithmetic.divide(a, b);
  }

  /** The larger of a and b; where they are equal, each gets half of the gradient. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return Arithmetic.binary(a, b, BinaryFunction.MAXIMUM);
  }

  /** The smaller of a and b; where they are equal, each gets half of the gradient. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return Arithmetic.binary(a, b, BinaryFunction.MINIMUM);
  }

  // Matrix products

  /**
   * The matrix product of [rows x inner] and [inner x columns]; a leading batch axis of either is a
   * batch of products.
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    return matmul(a, b, false, false);
  }

  /** The matrix product with either operand transposed. */
  public static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    return matmul(a, b, transposeA, transposeB, 1);
  }

  /** The matrix product times a factor. */
  public static Tensor matmul(
      Tensor a, Tensor b, boolean transposeA, boolean transposeB, float scale) {
    boolean oneProduct = a.shape().rank() == 3 && b.shape().rank() == 2 && !transposeA;
    return oneProduct
        ? productOfRows(a, b, transposeB, scale)
        : new MatrixProductOp(a, b, transposeA, transposeB, scale).node();
  }

  /** A batch of matrices times one shared matrix is one product of all rows. */
  private static Tensor productOfRows(Tensor a, Tensor b, boolean transposeB, float scale) {
    Shape shape = a.shape();
    Tensor rows = reshape(a, Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2)));
    Tensor product = new MatrixProductOp(rows, b, false, transposeB, scale).node();
    return reshape(product, Shape.of(shape.dim(0), shape.dim(1), product.shape().dim(1)));
  }

  // Reductions

  /** Sum over axes, which are dropped; over all elements when no axis is named. */
  public static Tensor sum(Tensor x, int... axes) {
    return Reductions.sum(x, axes);
  }

  /** Mean over axes, which are dropped; over all elements when no axis is named. */
  public static Tensor mean(Tensor x, int... axes) {
    return Reductions.mean(x, axes);
  }

  /**
   * Sums the axes along which a tensor of the given shape would be repeated: the adjoint of
   * broadcasting.
   */
  public static Tensor sumTo(Tensor x, Shape shape) {
    return Reductions.sumTo(x, shape);
  }

  /** Euclidean norm of all elements: a scalar. */
  public static Tensor norm(Tensor x) {
    return new NormOp(x).node();
  }

  // Shapes

  /** The same elements under another shape. */
  public static Tensor reshape(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return switch (x.operation()) {
      case UniformOp uniform -> x.graph().constant(shape, uniform.value());
      case ReshapeOp inner -> reshape(inner.input(), shape);
      default -> new ReshapeOp(x, shape).node();
    };
  }

  /** Repeats axes of extent 1, and axes missing in front, up to a shape. */
  public static Tensor broadcast(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return x.operation() instanceof UniformOp uniform
        ? x.graph().constant(shape, uniform.value())
        : new BroadcastOp(x, shape).node();
  }

  /** The part {@code from} (inclusive) to {@code to} (exclusive) of an axis. */
  public static Tensor slice(Tensor x, int axis, int from, int to) {
    return from == 0 && to == x.shape().dim(axis) ? x : new SliceOp(x, axis, from, to).node();
  }

  /**
   * A tensor of zeros of the given shape with {@code x} put at an offset along one axis: the
   * adjoint of slicing.
   */
  public static Tensor embed(Tensor x, Shape shape, int axis, int from) {
    return new AssembleOp(shape, axis, List.of(new AssembleOp.Part(from, x))).node();
  }

  /** Tensors side by side along an axis. */
  public static Tensor concat(int axis, Tensor... tensors) {
    List<AssembleOp.Part> parts = new ArrayList<>();
    int extent = 0;
    for (Tensor tensor : tensors) {
      parts.add(new AssembleOp.Part(extent, tensor));
      extent += tensor.shape().dim(axis);
    }
    return new AssembleOp(tensors[0].shape().with(axis, extent), axis, parts).node();
  }

  /**
   * Axes in another order: axis i of the result is axis {@code order[i]} of x; without an order,
   * all reversed.
   */
  public static Tensor transpose(Tensor x, int... order) {
    int rank = x.shape().rank();
    IntStream axes =
        order.length > 0
            ? Arrays.stream(order)
            : IntStream.range(0, rank).map(axis -> rank - 1 - axis);
    return new TransposeOp(x, axes.boxed().toList()).node();
  }

  /** The same value, held fixed under differentiation. */
  public static Tensor stopGradient(Tensor x) {
    return new StopGradientOp(x).node();
  }

  // Probabilities, along the last axis

  /** e^z / (sum of e^z). */
  public static Tensor softmax(Tensor logits) {
    return new SoftmaxOp(logits).node();
  }

  /** The logarithm of the softmax, without its underflow. */
  public static Tensor logSoftmax(Tensor logits) {
    return new LogSoftmaxOp(logits).node();
  }

  /** log of the sum of exponentials; the axis is dropped. */
  public static Tensor logSumExp(Tensor logits) {
    return new LogSumExpOp(logits).node();
  }

  /**
   * Cross-entropy with soft targets, one number for each row; row sums of the targets weigh the
   * rows.
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return new CrossEntropyOp(logits, targets).node();
  }

  // Random numbers: pure functions of seed, counter, purpose and element

  /**
   * Standard normal numbers.
   *
   * @param counter one unsigned integer: the step
   * @param purpose tells streams with the same seed and step apart
   */
  public static Tensor normal(Tensor counter, long seed, int purpose, Shape shape) {
    return new RandomOp(counter, RandomOp.Distribution.NORMAL, seed, purpose, shape).node();
  }

  /** Numbers uniform in [0, 1). */
  public static Tensor uniform(Tensor counter, long seed, int purpose, Shape shape) {
    return new RandomOp(counter, RandomOp.Distribution.UNIFORM, seed, purpose, shape).node();
  }

  /**
   * The Langevin proposal wall(x + eps P g + sqrt(2 eps P T) xi) with eps = {@code stepSize} and xi
   * standard normal.
   *
   * @param state [chains x ...]
   * @param gradient of the log-density, as the state
   * @param stepSize one number
   * @param diagonal the preconditioner P, one number per coordinate; null for the identity
   * @param counter one unsigned integer: the step
   */
  public static Tensor langevin(
      Tensor state,
      Tensor gradient,
      Tensor stepSize,
      Tensor diagonal,
      Tensor counter,
      float temperature,
      long seed,
      Wall wall) {
    return new LangevinOp(state, gradient, stepSize, diagonal, counter, temperature, seed, wall)
        .node();
  }
}
