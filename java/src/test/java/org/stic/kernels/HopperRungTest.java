package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.KernelImage;
import org.stic.cuda.MathMode;

/** The asynchronous convolutions as rungs: who is refused, what they share, that they are right. */
class HopperRungTest {
  private static final ConvolutionShape SHAPE = new ConvolutionShape(2, 4, 6, 6, 5, 3, 3, 2, 1);

  @Test
  void anotherGenerationIsRefused() {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      KernelCall call = Convolution.forward(16, 32, 48, 0, SHAPE);
      KernelChoice choice = KernelChoice.of(call, device, MathMode.BF16);
      Refusal refusal =
          choice.refused().stream()
              .filter(refused -> refused.rung() instanceof HopperRung)
              .map(KernelChoice.Refused::refusal)
              .findFirst()
              .orElseThrow();
      assertEquals(new Refusal.Capability(90, true, 75), refusal);
    }
  }

  @Test
  void sizesBeyondTensorMapsAreRefused() {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      assertEquals(Optional.empty(), refusal(device, SHAPE));
      assertEquals(
          "needs stride to be at most 8, not 9",
          refusal(device, new ConvolutionShape(1, 1, 20, 20, 1, 3, 3, 9, 0))
              .orElseThrow()
              .reason());
    }
  }

  @Test
  void theWidthWastesTheFewestColumns() {
    assertEquals(160, HopperWorkspace.width(160, HopperWorkspace.FORWARD_WIDTHS));
    assertEquals(160, HopperWorkspace.width(640, HopperWorkspace.FORWARD_WIDTHS));
    assertEquals(256, HopperWorkspace.width(512, HopperWorkspace.FORWARD_WIDTHS));
    assertEquals(128, HopperWorkspace.width(100, HopperWorkspace.FORWARD_WIDTHS));
    assertEquals(64, HopperWorkspace.width(3, HopperWorkspace.FORWARD_WIDTHS));
  }

  @Test
  void worksShareTheScratchMemoryUntilOneNeedsMore() {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      DeviceMemory first = device.scratch(1000);
      assertSame(first, device.scratch(10));
      assertTrue(device.scratch(2000).bytes() >= 2000);
      assertEquals(3000, device.allocatedBytes());
    }
  }

  @Test
  void preparedRungsComputeWhatTheKernelsDo() {
    try (Device device = Device.open(DeviceChoice.CPU, KernelImage.FIBERS);
        DeviceMemory x = eighths(device, SHAPE.inputElements());
        DeviceMemory w = eighths(device, SHAPE.filterElements());
        DeviceMemory dy = eighths(device, SHAPE.outputElements());
        DeviceMemory result = device.allocate(Float.BYTES * SHAPE.inputElements())) {
      requireSame(
          device,
          result,
          Convolution.forward(result.address(), x.address(), w.address(), 0, SHAPE));
      requireSame(
          device,
          result,
          Convolution.backwardData(result.address(), dy.address(), w.address(), SHAPE));
      List<KernelCall> filter =
          Convolution.backwardFilter(result.address(), dy.address(), x.address(), 0, SHAPE);
      assertEquals(1, filter.size());
      requireSame(device, result, filter.getFirst());
    }
  }

  /** Sums of a few small multiples of 1/64 are exact in whatever order they are added. */
  private static void requireSame(Device device, DeviceMemory result, KernelCall call) {
    result.zero();
    call.bind(device).enqueue(device.stream());
    float[] expected = result.downloadFloats();
    result.zero();
    assertInstanceOf(HopperRung.class, hopper(call)).prepare(device).enqueue(device.stream());
    assertArrayEquals(expected, result.downloadFloats());
  }

  private static Rung hopper(KernelCall call) {
    return call.rungs().stream().filter(HopperRung.class::isInstance).findFirst().orElseThrow();
  }

  private static Optional<Refusal> refusal(Device device, ConvolutionShape shape) {
    return ((HopperRung) hopper(Convolution.forward(16, 32, 48, 0, shape)))
        .conditions().stream().flatMap(each -> each.refusal(device).stream()).findFirst();
  }

  private static DeviceMemory eighths(Device device, long count) {
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 17 - 8) / 8f;
    }
    DeviceMemory memory = device.allocate(Float.BYTES * count);
    memory.upload(values);
    return memory;
  }
}
