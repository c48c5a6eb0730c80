package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.KernelImage;
import org.stic.cuda.MathMode;

/** Kernels that do the same work are measured, and the fastest is chosen afterwards. */
@Tag("cpu-driver")
class TunerTest {
  private static final ConvolutionShape LAYER = new ConvolutionShape(1, 2, 4, 4, 3, 3, 3, 1, 1);

  @TempDir private Path folder;
  private Device device;
  private DeviceMemory memory;

  @BeforeEach
  void open() {
    device = Device.open(DeviceChoice.CPU, KernelImage.FIBERS);
    memory = device.allocate(4 * LAYER.outputElements() * Float.BYTES);
    memory.zero();
  }

  @AfterEach
  void close() {
    memory.close();
    device.close();
  }

  private KernelCall call() {
    long address = memory.address();
    return Convolution.forward(address, address, address, 0, LAYER);
  }

  @Test
  void eachWorkIsMeasuredOnce() {
    List<TuningTable.Entry> told = new ArrayList<>();
    List<KernelCall> calls = List.of(call(), call());
    List<TuningTable.Entry> entries = Tuner.measure(device, calls, MathMode.BF16, told::add);
    assertEquals(1, entries.size());
    assertEquals(entries, told);
    TuningTable.Entry entry = entries.getFirst();
    assertEquals(
        List.of("convolution_forward_bf16", "convolution_forward_bf16_wide"),
        entry.microseconds().keySet().stream().sorted().toList());
    assertTrue(entry.microseconds().values().stream().allMatch(time -> time > 0));
    assertEquals(List.of(), Tuner.measure(device, calls, MathMode.FP32, told::add));
  }

  @Test
  void theTableDecidesAfterItWasReadBack() throws IOException {
    assertEquals("convolution_forward_bf16_wide", chosen());
    Path file = folder.resolve("tuning.json");
    var entry =
        new TuningTable.Entry(
            call().work(),
            MathMode.BF16,
            Map.of("convolution_forward_bf16", 1.5, "convolution_forward_bf16_wide", 2.5));
    TuningTable.of(device, List.of()).with(List.of(entry)).write(file);
    device.prefer(TuningTable.read(file, device).preferences());
    assertEquals("convolution_forward_bf16", chosen());
  }

  private String chosen() {
    return KernelChoice.of(call(), device, MathMode.BF16).rung().name();
  }

  @Test
  void newerMeasurementsReplaceOlderOnes() {
    var old = new TuningTable.Entry("work", MathMode.BF16, Map.of("a", 1.0, "b", 2.0));
    var other = new TuningTable.Entry("work", MathMode.TF32, Map.of("a", 1.0, "b", 2.0));
    var fresh = new TuningTable.Entry("work", MathMode.BF16, Map.of("a", 3.0, "b", 2.0));
    TuningTable table = TuningTable.of(device, List.of(old, other)).with(List.of(fresh));
    assertEquals(List.of(fresh, other), table.entries());
    assertEquals("b", table.preferences().fastest("work", MathMode.BF16).orElseThrow());
    assertEquals("a", table.preferences().fastest("work", MathMode.TF32).orElseThrow());
  }

  @Test
  void filesOfAnotherFormAreRefused() throws IOException {
    assertRefused("{\"schema\": \"stic-tuning/0\"}", "its schema is 'stic-tuning/0'");
    assertRefused("{}", "its schema is ''");
    assertRefused("no JSON", "Unrecognized token");
    assertRefused(
        "{\"schema\": \"stic-tuning/1\", \"device\": \"other\", \"driver\": \"\", \"entries\": []}",
        "it is of 'other'");
    assertRefused("{\"schema\": \"stic-tuning/1\"}", "Missing creator property 'device'");
  }

  private void assertRefused(String content, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("table.json"), content);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TuningTable.read(file, device));
    assertTrue(refusal.getMessage().startsWith(file + " is no tuning table"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }
}
