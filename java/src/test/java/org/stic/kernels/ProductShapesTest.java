package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the shapes of convolutions, matrix products and Gram matrices state and refuse. */
class ProductShapesTest {
  private static final ConvolutionShape LAYER = new ConvolutionShape(75, 64, 7, 7, 32, 4, 4, 2, 1);

  @Test
  void aConvolutionRoundsItsOutputDown() {
    assertEquals(3, LAYER.outputHeight());
    assertEquals(3, LAYER.outputWidth());
    assertEquals(75 * 64 * 49, LAYER.inputElements());
    assertEquals(75 * 32 * 9, LAYER.outputElements());
    assertEquals(2L * 75 * 32 * 9 * 64 * 16, LAYER.flops());
  }

  @Test
  void theSplitOfAFilterGradientNeedsItsWorkspace() {
    assertEquals(0, Convolution.backwardFilterWorkspace(LAYER));
    assertEquals(1, Convolution.backwardFilter(0, 0, 0, 0, LAYER).size());
    ConvolutionShape large = new ConvolutionShape(9, 2, 16, 16, 3, 3, 3, 1, 1);
    List<KernelCall> calls = Convolution.backwardFilter(0, 0, 0, 0, large);
    assertEquals(2, calls.size());
    assertEquals(
        calls.getFirst().own().z() * large.filterElements() * Float.BYTES,
        Convolution.backwardFilterWorkspace(large));
  }

  @Test
  void aSharedMatrixIsCountedOnce() {
    MatrixShape shape = new MatrixShape(5, 2, 3, 4, false, true, true, false);
    assertEquals(2 * 4, shape.elementsOfA());
    assertEquals(5 * 4 * 3, shape.elementsOfB());
    assertEquals(
        new Cost(Float.BYTES * (8 + 60 + 30), 2 * 30 * 4),
        MatrixProduct.product(0, 0, 0, shape, 1).cost());
  }

  @Test
  void impossibleSizesAreRefused() {
    requireRefused(
        "the filter's height 5 exceeds the padded input's 2 + 2 * 1",
        () -> new ConvolutionShape(1, 1, 2, 9, 1, 5, 3, 1, 1));
    requireRefused(
        "stride must be at least 1, not 0", () -> new ConvolutionShape(1, 1, 2, 2, 1, 1, 1, 0, 0));
    requireRefused(
        "convolution input must have at most 2147483647 elements",
        () -> new ConvolutionShape(1 << 16, 1 << 10, 64, 64, 1, 1, 1, 1, 0));
    requireRefused(
        "inner must be at least 1, not 0",
        () -> new MatrixShape(1, 1, 1, 0, false, false, false, false));
    requireRefused("channels must be at least 1, not -3", () -> Gram.matrix(0, 0, 1, -3, 4, 1));
  }

  private static void requireRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
