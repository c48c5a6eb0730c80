package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stic.graph.op.ConvolutionFilterGradientOp;
import org.stic.kernels.Wall;

/** The reverse sweep itself: accumulation, what it visits, and what it refuses. */
class GradientsTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Shape.of(2));

  @Test
  void contributionsThroughSharedNodesAddUp() {
    Tensor shared = Ops.square(x);
    Tensor y = Ops.add(Ops.multiply(shared, shared), Ops.affine(shared, 3, 0));
    assertValues(gradient(y, x), 4 * 8 + 6 * 2, 4 * 27 + 6 * 3);
  }

  @Test
  void aChainOfTenThousandNodesDoesNotOverflow() {
    Tensor y = x;
    for (int i = 0; i < 10_000; i++) {
      y = Ops.add(Ops.negate(y), x);
    }
    assertEquals(x.shape(), gradient(y, x).shape());
  }

  @Test
  void theUpstreamWeighsTheElements() {
    Tensor gradient =
        Gradients.of(Ops.square(x), List.of(x), graph.constant(x.shape(), 10, 100)).getFirst();
    assertValues(gradient, 40, 600);
  }

  @Test
  void whatDoesNotMatterHasGradientZero() {
    assertValues(gradient(Ops.square(x), graph.input("other", Shape.of(3))), 0, 0, 0);
    assertValues(gradient(Ops.stopGradient(Ops.square(x)), x), 0, 0);
    assertValues(gradient(x, Ops.square(x)), 0, 0);
  }

  @Test
  void valuesInBetweenMayBeAskedFor() {
    Tensor between = Ops.square(x);
    Tensor y = Ops.square(between);
    List<Tensor> gradients = Gradients.of(y, List.of(between, x, y));
    assertValues(gradients.get(0), 8, 18);
    assertValues(gradients.get(1), 4 * 8, 4 * 27);
    assertValues(gradients.get(2), 1, 1);
  }

  @Test
  void onlyAskedGradientsAreBuilt() {
    Tensor images = graph.input("images", Shape.of(1, 1, 4, 4));
    Tensor filter = graph.input("filter", Shape.of(1, 1, 3, 3));
    Tensor y = ImageOps.convolution(images, filter, null, 1, 1);
    Tensor unused = gradient(y, images);
    assertTrue(
        graph.nodes().stream()
            .noneMatch(node -> node.operation() instanceof ConvolutionFilterGradientOp));
    assertEquals(images.shape(), unused.shape());
  }

  @Test
  void theSameGradientIsTheSameNode() {
    Tensor y = Ops.softplus(x);
    assertSame(gradient(y, x), gradient(y, x));
  }

  @Test
  void derivativesBeyondTheHighestOrderAreRefused() {
    Tensor third = gradient(gradient(gradient(Ops.silu(x), x), x), x);
    Throwable error = assertThrows(IllegalArgumentException.class, () -> gradient(third, x));
    assertEquals("SILU has derivatives of order 0 to 3, not 4", error.getMessage());
  }

  @Test
  void randomNumbersAndProposalsAreRefused() {
    Tensor noise = Ops.normal(Ops.sum(x), 1, 2, Shape.of(3));
    Tensor proposal =
        Ops.langevin(x, x, graph.constant(Shape.of(1), 1), null, Ops.sum(x), 1, 1, Wall.NONE);
    assertRefused("random is not differentiable; use stopGradient", noise);
    assertRefused("langevin is not differentiable; use stopGradient", proposal);
    assertValues(gradient(Ops.stopGradient(proposal), x), 0, 0);
  }

  @Test
  void theUpstreamMustHaveTheValuesShape() {
    Tensor upstream = graph.constant(Shape.of(3), 1);
    Throwable error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Gradients.of(Ops.square(x), List.of(x), upstream));
    assertTrue(
        error.getMessage().contains("upstream [3] must have the shape of"), error.getMessage());
  }

  private void assertRefused(String message, Tensor y) {
    Throwable error = assertThrows(UnsupportedOperationException.class, () -> gradient(y, x));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }

  private static Tensor gradient(Tensor y, Tensor withRespectTo) {
    return Gradients.of(y, List.of(withRespectTo)).getFirst();
  }

  private static void assertValues(Tensor tensor, double... expected) {
    double[] values = new ReferenceExecutor(Map.of("x", new double[] {2, 3})).value(tensor);
    assertArrayEquals(expected, values, 1e-12);
  }
}
