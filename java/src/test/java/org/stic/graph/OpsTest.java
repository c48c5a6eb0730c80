package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.graph.op.AffineOp;
import org.stic.graph.op.AssembleOp;
import org.stic.graph.op.BinaryOp;
import org.stic.graph.op.MatrixProductOp;
import org.stic.graph.op.SumOp;
import org.stic.graph.op.UnaryOp;
import org.stic.graph.op.UniformOp;
import org.stic.kernels.UnaryFunction;

/** What the builders fold away, and what they refuse. */
class OpsTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Shape.of(3, 5));

  @Test
  void equalOperationsAreOneNode() {
    assertSame(Ops.tanh(x), Ops.tanh(x));
    assertSame(graph.constant(Shape.of(2), 1), graph.constant(Shape.of(2), 1));
  }

  @Test
  void neutralOperationsAreNone() {
    assertSame(x, Ops.affine(x, 1, 0));
    assertSame(x, Ops.add(x, graph.constant(Shape.of(5), 0)));
    assertSame(x, Ops.multiply(graph.constant(Shape.SCALAR, 1), x));
    assertSame(x, Ops.reshape(Ops.reshape(x, Shape.of(15)), x.shape()));
    assertSame(x, Ops.slice(x, 1, 0, 5));
    assertSame(x, Ops.broadcast(x, x.shape()));
  }

  @Test
  void affineMapsAreComposed() {
    AffineOp affine = (AffineOp) Ops.affine(Ops.affine(x, 2, 3), 5, 7).operation();
    assertEquals(new AffineOp(x, 10, 22), affine);
    assertEquals(2, ((UniformOp) Ops.affine(x, 0, 2).operation()).value());
  }

  @Test
  void uniformConstantsAreFolded() {
    Tensor ones = graph.constant(x.shape(), 1);
    assertInstanceOf(UnaryOp.class, Ops.scaled(ones, x, UnaryFunction.SILU, 1).operation());
    assertEquals(15, ((UniformOp) Ops.sum(ones).operation()).value());
    assertEquals(
        new UniformOp(x.shape(), 0), Ops.scaled(x, x, UnaryFunction.LEAKY_RELU, 2).operation());
    assertInstanceOf(AffineOp.class, Ops.divide(x, graph.constant(Shape.SCALAR, 4)).operation());
  }

  @Test
  void factorsGoIntoSums() {
    assertEquals(new SumOp(x, 0, 2, 0.5f), Ops.scale(Ops.sum(x), 0.5f).operation());
    assertEquals(new SumOp(x, 1, 2, 0.2f), Ops.mean(x, 1).operation());
  }

  @Test
  void broadcastOperandsAreNotWrittenOut() {
    Tensor row = graph.input("row", Shape.of(5));
    BinaryOp product = (BinaryOp) Ops.multiply(x, Ops.broadcast(row, x.shape())).operation();
    assertSame(row, product.b());
  }

  @Test
  void aSharedMatrixMakesOneProductOfAllRows() {
    Tensor batch = graph.input("batch", Shape.of(2, 3, 5));
    Tensor product = Ops.matmul(batch, graph.input("w", Shape.of(5, 7)));
    assertEquals(Shape.of(2, 3, 7), product.shape());
    assertEquals(
        Shape.of(6, 7), ((MatrixProductOp) product.operation().viewOf().operation()).shape());
  }

  @Test
  void gradientsOfSlicesAreOneAssembly() {
    Tensor y = Ops.add(Ops.sum(Ops.square(Ops.slice(x, 0, 0, 1))), Ops.sum(Ops.slice(x, 0, 1, 3)));
    AssembleOp gradient = (AssembleOp) Gradients.of(y, List.of(x)).getFirst().operation();
    assertEquals(2, gradient.parts().size());
  }

  @Test
  void shapeErrorsNameTheOperationAndTheShapes() {
    Tensor other = graph.input("other", Shape.of(4, 5));
    Tensor images = graph.input("images", Shape.of(1, 3, 8, 8));
    assertMessage("[3x5] and [4x5] do not multiply", () -> Ops.matmul(x, other));
    assertMessage(
        "cross entropy: shapes [3x5] and [4x5] must be equal", () -> Ops.crossEntropy(x, other));
    assertMessage("reshape: [3x5] has 15 elements, [4] has 4", () -> Ops.reshape(x, Shape.of(4)));
    assertMessage("slice: 2 to 6 is not a part of axis 1 of [3x5]", () -> Ops.slice(x, 1, 2, 6));
    assertMessage(
        "concat: shape [4x5] does not fit into [3x10] along axis 1", () -> Ops.concat(1, x, other));
    assertMessage("transpose: [0, 0] does not name each axis", () -> Ops.transpose(x, 0, 0));
    assertMessage(
        "convolution: input must have shape [images", () -> ImageOps.convolution(x, x, null, 1, 0));
    assertMessage(
        "convolution: input [1x3x8x8] and filter [4x2x3x3] must have the same channels",
        () -> ImageOps.convolution(images, graph.input("w", Shape.of(4, 2, 3, 3)), null, 1, 0));
    assertMessage("average pool: window 9", () -> ImageOps.averagePool(images, 9, 1, 0));
    assertMessage("gram: features must have shape", () -> ImageOps.gram(x, 1));
    assertMessage("constant: shape [3] needs 3 values", () -> graph.constant(Shape.of(3), 1, 2));
  }

  @Test
  void operandsMustBelongToTheGraph() {
    Tensor foreign = new Graph().input("y", x.shape());
    assertMessage("belongs to another graph", () -> Ops.add(x, foreign));
  }

  @Test
  void namesAreTakenOnce() {
    graph.output("y", x);
    assertMessage("already has an input named 'x'", () -> graph.input("x", x.shape()));
    assertMessage("already has an output named 'y'", () -> graph.output("y", x));
  }

  private static void assertMessage(String part, Runnable body) {
    String message = assertThrows(IllegalArgumentException.class, body::run).getMessage();
    assertEquals(part, message.contains(part) ? part : message);
  }
}
