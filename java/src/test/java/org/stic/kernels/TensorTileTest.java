package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.stic.cuda.KernelImage;
import org.stic.cuda.MathMode;

/** The factors that tensor cores get: how they are rounded, and how they lie in shared memory. */
@Tag("cpu-driver")
class TensorTileTest {
  private static final List<MathMode> ROUNDED = List.of(MathMode.BF16, MathMode.TF32);
  private static final ConvolutionShape LAYER = new ConvolutionShape(2, 12, 9, 9, 40, 3, 3, 1, 1);

  @TestFactory
  Stream<DynamicTest> factorsAreRoundedAsTheFormatSays() {
    return KernelRig.images().stream()
        .flatMap(
            image ->
                ROUNDED.stream()
                    .map(
                        math ->
                            DynamicTest.dynamicTest(image + " " + math, () -> round(image, math))));
  }

  private static void round(KernelImage image, MathMode math) {
    float[] values = edges();
    float[] rounded = product(image, math, values);
    for (int i = 0; i < values.length; i++) {
      float expected = Rounding.round(values[i], math);
      assertEquals(expected, rounded[i], 0, "%s of %a".formatted(math, values[i]));
    }
  }

  /** What 3xtf32 keeps of a number: its first 21 bits and the sign of the rest. */
  @Test
  void threeProductsKeepNearlyAllOfAFactor() {
    for (KernelImage image : KernelRig.images()) {
      float[] values = {1, 0x1.fffffep0f, 0x1.234567p-3f, -0x1.abcdefp9f, 0x1.801p0f, 3.1415927f};
      float[] kept = product(image, MathMode.TF32X3, values);
      for (int i = 0; i < values.length; i++) {
        assertEquals(values[i], kept[i], Math.abs(values[i]) * 0x1.8p-22, image + " " + values[i]);
      }
      // Infinity times the rest of 1, which is 0, is no number.
      assertTrue(Float.isNaN(product(image, MathMode.TF32X3, Float.POSITIVE_INFINITY)[0]));
      assertTrue(Float.isNaN(product(image, MathMode.TF32X3, Float.NaN)[0]));
    }
  }

  /** Each value times 1. */
  private static float[] product(KernelImage image, MathMode math, float... values) {
    try (KernelRig rig = KernelRig.open(image, 0)) {
      TestBuffer a = rig.floats(values);
      TestBuffer one = rig.floats(1);
      TestBuffer c = rig.poisoned(values.length);
      MatrixShape shape = new MatrixShape(1, values.length, 1, 1, false, false, false, false);
      KernelCall call = MatrixProduct.product(c.address(), a.address(), one.address(), shape, 1);
      rig.run(TensorCases.only("matrix_product_" + math, call));
      return c.floats();
    }
  }

  /**
   * Ties to both sides, their neighbours, subnormal numbers, the largest ones, infinity and NaN.
   */
  private static float[] edges() {
    List<Float> values = new ArrayList<>();
    for (int dropped : new int[] {13, 16}) {
      int half = 1 << (dropped - 1);
      for (float base : new float[] {1, 0x1.8p0f, 0x1p-126f, 0x1p-130f, 0x1.fep127f, 3e-39f}) {
        int kept = Float.floatToRawIntBits(base) >>> dropped << dropped;
        for (int neighbour = 0; neighbour < 2; neighbour++) {
          for (int offset = -1; offset <= 1; offset++) {
            float value = Float.intBitsToFloat(kept + (neighbour << dropped) + half + offset);
            values.add(value);
            values.add(-value);
          }
        }
      }
    }
    values.addAll(
        List.of(0f, -0f, Float.MAX_VALUE, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN));
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  @TestFactory
  Stream<DynamicTest> noAccessToTheTilesConflicts() {
    try (KernelRig rig = KernelRig.open(KernelImage.FIBERS, 0)) {
      return calls(rig).stream()
          .flatMap(call -> call.faster().stream())
          .filter(KernelRung.class::isInstance)
          .map(Rung::name)
          .filter(name -> name.matches(".*(bf16|tf32)(_wide)?"))
          .distinct()
          .map(name -> DynamicTest.dynamicTest(name, () -> count(name)))
          .toList()
          .stream();
    }
  }

  private static void count(String kernel) {
    try (KernelRig rig = KernelRig.open(KernelImage.FIBERS, 0)) {
      List<KernelCall> calls =
          calls(rig).stream()
              .filter(call -> call.rungs().stream().anyMatch(rung -> rung.name().equals(kernel)))
              .map(call -> TensorCases.only(kernel, call))
              .toList();
      assertEquals(0, rig.bankConflicts(kernel, calls));
    }
  }

  /** Every operation; products in all transposes. */
  private static List<KernelCall> calls(KernelRig rig) {
    long x = rig.uniform(LAYER.inputElements(), -1, 1).address();
    long y = rig.uniform(LAYER.outputElements(), -1, 1).address();
    long w = rig.uniform(LAYER.filterElements(), -1, 1).address();
    List<KernelCall> calls = new ArrayList<>();
    calls.add(Convolution.forward(y, x, w, 0, LAYER));
    calls.add(Convolution.backwardData(x, y, w, LAYER));
    calls.add(Convolution.backwardFilter(w, y, x, 0, LAYER).getFirst());
    for (int transposes = 0; transposes < 4; transposes++) {
      MatrixShape shape =
          new MatrixShape(1, 33, 31, 40, transposes % 2 == 1, transposes / 2 == 1, false, false);
      calls.add(MatrixProduct.product(y, x, w, shape, 1));
    }
    return calls;
  }
}
