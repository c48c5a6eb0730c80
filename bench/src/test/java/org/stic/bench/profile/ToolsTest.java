package org.stic.bench.profile;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;

/** The hand-off to NVIDIA's tools: the range they capture, and their absence. */
class ToolsTest {
  @TempDir Path folder;

  private static int capturing() {
    Path driver = Path.of(System.getProperty("stic.native.dir"), "libcuda.so.1");
    SymbolLookup symbols = SymbolLookup.libraryLookup(driver, Arena.global());
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.findOrThrow("stic_simt_capturing"), FunctionDescriptor.of(JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static IterationParams iteration(IterationType type) {
    return new IterationParams(type, 2, TimeValue.milliseconds(1), 1);
  }

  @Test
  void theRangeIsTheMeasuredIterations() {
    CaptureProfiler profiler = new CaptureProfiler();
    try (Device _ = Device.open(DeviceChoice.CPU)) {
      profiler.beforeIteration(null, iteration(IterationType.WARMUP));
      assertEquals(0, capturing());
      profiler.afterIteration(null, iteration(IterationType.WARMUP), null);
      for (int i = 0; i < 2; i++) {
        profiler.beforeIteration(null, iteration(IterationType.MEASUREMENT));
        assertEquals(1, capturing());
        assertEquals(
            List.of(), profiler.afterIteration(null, iteration(IterationType.MEASUREMENT), null));
        assertEquals(1 - i, capturing());
      }
    }
  }

  @Test
  void anAbsentToolIsNamed() {
    Path tool = folder.resolve("ncu");
    assertEquals(
        "ncu: there is no program %s; install it, or name it with path=...".formatted(tool),
        assertThrows(ProfilerException.class, () -> new NsightComputeProfiler("path=" + tool))
            .getMessage());
    assertEquals(
        "nsys: unknown option 'report'; known are out, path, args",
        assertThrows(ProfilerException.class, () -> new NsightSystemsProfiler("report=x"))
            .getMessage());
  }

  @Test
  void forksRunUnderTheTool() throws IOException, ProfilerException {
    Path tool =
        Files.createFile(
            folder.resolve("tool"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String options = "path=%s;out=%s;args=--set full".formatted(tool, folder.resolve("reports"));
    Path report = folder.resolve("reports/a");
    NsightProfiler compute = new NsightComputeProfiler(options);
    assertEquals(
        List.of("--export", report.toString()),
        compute.words(report).reversed().subList(0, 2).reversed());
    assertEquals(
        List.of(tool.toString(), "--profile-from-start", "off"),
        compute.command("a").subList(0, 3));
    assertEquals(
        List.of("--set", "full"), compute.command("a").reversed().subList(0, 2).reversed());
    assertTrue(Files.isDirectory(folder.resolve("reports")));
    assertTrue(
        new NsightSystemsProfiler(options)
            .command("Bench.m:size=1,2")
            .contains("--output=" + folder.resolve("reports/Bench.m-size-1-2")));
  }
}
