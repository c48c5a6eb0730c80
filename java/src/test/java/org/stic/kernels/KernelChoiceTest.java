package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.cuda.PlainLibrary;
import org.stic.cuda.TestDevice;
import org.stic.cuda.VendorTask;

/** A rung that cannot do a call is refused with the reason, and the next one serves. */
@Tag("cpu-driver")
class KernelChoiceTest {
  private static final List<Argument> SIZES = List.of(Argument.integer(33));

  private Device device;

  @BeforeEach
  void open() {
    device = TestDevice.open();
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void theFirstRungThatCanDoItServes() {
    KernelCall call =
        call().or(rung("fill", Condition.multiple("filters", 33, 8))).or(rung("sum_rows"));
    KernelChoice choice = choose(call);
    assertEquals("sum_rows", choice.rung().name());
    assertEquals(new Refusal.Size("filters", 33, "to be a multiple of 8"), refusal(choice, "fill"));
    assertInstanceOf(Refusal.NotNeeded.class, refusal(choice, "affine"));
  }

  @Test
  void aKernelThatTheImageLacksIsRefused() {
    KernelChoice choice = choose(call().or(rung("no_such_kernel")));
    assertEquals("affine", choice.rung().name());
    assertEquals(
        "is not in " + device.kernelImage().getFileName(),
        refusal(choice, "no_such_kernel").reason());
  }

  @Test
  void anotherArithmeticIsRefused() {
    KernelChoice choice = KernelChoice.of(call().or(rung("fill")), device, MathMode.FP32);
    assertEquals("affine", choice.rung().name());
    assertEquals("computes in bf16, not in fp32", refusal(choice, "fill").reason());
  }

  @Test
  void theFastestOfTheMeasuredServes() {
    KernelCall call = call().or(rung("fill")).or(rung("sum_rows"));
    device.prefer(
        (work, math) ->
            work.equals("affine 33 over 2x3x1") && math == MathMode.BF16
                ? Optional.of("sum_rows")
                : Optional.empty());
    KernelChoice choice = choose(call);
    assertEquals("sum_rows", choice.rung().name());
    assertEquals(new Refusal.Behind("sum_rows", true), refusal(choice, "fill"));
  }

  @Test
  void aMeasuredKernelThatCannotDoItDoesNotServe() {
    KernelCall call =
        call().or(rung("fill", Condition.aligned("input", 20, 16))).or(rung("sum_rows"));
    device.prefer((_, _) -> Optional.of("fill"));
    KernelChoice choice = choose(call);
    assertEquals("sum_rows", choice.rung().name());
    assertEquals("needs input at a multiple of 16 bytes", refusal(choice, "fill").reason());
  }

  @Test
  void theVendorServesWhereItIsAskedForAndOnlyInSinglePrecision() {
    KernelCall call = call().orTask(new VendorTask.Included()).or(rung("fill"));
    assertEquals("affine", KernelChoice.of(call, device, MathMode.FP32).rung().name());
    PlainLibrary.on(device);
    device.prefer((_, _) -> Optional.of("affine"));
    assertInstanceOf(VendorRung.class, KernelChoice.of(call, device, MathMode.FP32).rung());
    assertEquals("fill", choose(call).rung().name());
  }

  @Test
  void theExplanationNamesEveryRung() {
    String text = choose(call().or(rung("fill")).or(rung("sum_rows"))).toString();
    assertEquals(
        "fill in bf16 (sum_rows stands behind fill; 'stic tune' measures both; affine is more exact"
            + " than asked for, and fill can do it)",
        text);
    assertTrue(choose(call()).toString().startsWith("affine in fp32"));
  }

  private static KernelCall call() {
    return new KernelCall("affine", 2, 3, 1, SIZES, Cost.NONE);
  }

  private static KernelRung rung(String kernel, Condition... conditions) {
    return new KernelRung(kernel, MathMode.BF16, 1, 1, 1, SIZES, List.of(conditions));
  }

  private KernelChoice choose(KernelCall call) {
    return KernelChoice.of(call, device, MathMode.BF16);
  }

  private static Refusal refusal(KernelChoice choice, String rung) {
    return choice.refused().stream()
        .filter(refused -> refused.rung().name().equals(rung))
        .findFirst()
        .orElseThrow()
        .refusal();
  }
}
