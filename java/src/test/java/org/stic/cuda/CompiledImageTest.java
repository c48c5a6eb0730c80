package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.OtherProcess.Outcome;

/** Kernels for GPUs without a prebuilt image, with a stand-in for NVIDIA's compiler. */
@Tag("cpu-driver")
class CompiledImageTest {
  private static final Path STUBS =
      Path.of(System.getProperty(NativeFolder.PROPERTY)).resolveSibling("stubs");
  private static final String HEADER = "int tile = 7;\n";

  @TempDir Path folder;

  private static KernelSources sources(String header) {
    return new KernelSources(
        new TreeMap<>(Map.of("b/second.cu", "// two", "a/first.cu", "// one", "tile.cuh", header)));
  }

  private CompiledImage image(Path cache) {
    return new CompiledImage(List.of(folder, STUBS), cache, sources(HEADER));
  }

  @Test
  void handsSourcesHeadersAndOptionsToTheCompiler() throws IOException {
    Path file = image(folder.resolve("cache")).file("sm_90");
    assertEquals(
        """
        \u007fELF
        name kernels.cu
        #include "a/first.cu"
        #include "b/second.cu"
        header a/first.cu 6
        header b/second.cu 6
        header tile.cuh 14
        option --gpu-architecture=sm_90
        option --std=c++17
        """,
        Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  @Test
  void compilesOnceAndAgainWhatIsNoImage() throws IOException {
    Path file = image(folder).file("sm_90");
    Files.writeString(file, "\u007fELF kept");
    assertEquals(file, image(folder).file("sm_90"));
    assertEquals("\u007fELF kept", Files.readString(file));
    Files.writeString(file, "");
    assertEquals(file, image(folder).file("sm_90"));
    assertTrue(Files.size(file) > 100);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing unfinished stays");
    }
  }

  @Test
  void otherSourcesAndArchitecturesAreOtherImages() {
    Path file = image(folder).file("sm_90");
    assertNotEquals(file, image(folder).file("sm_80"));
    assertNotEquals(
        file, new CompiledImage(List.of(STUBS), folder, sources("int tile = 8;\n")).file("sm_90"));
  }

  @Test
  void passesOnWhatTheCompilerSays() {
    String message = refusal(() -> image(folder).file("sm_99"));
    assertTrue(message.contains("this stub knows no sm_99"), message);
    assertTrue(message.contains("NVRTC 13.7"), message);
  }

  @Test
  void saysWhatWasLookedForWhereThereIsNoCompiler() {
    CompiledImage image = new CompiledImage(List.of(folder), folder, sources(HEADER));
    assertEquals(
        "no NVRTC to compile the kernels with (none of [libnvrtc.so.13, libnvrtc.so.12] in ["
            + folder
            + "])",
        refusal(() -> image.file("sm_90")));
    String message = refusal(() -> GpuImage.load(folder.resolve("kernels.fatbin"), image, "sm_90"));
    assertTrue(message.startsWith(folder + "/kernels.fatbin does not exist; no NVRTC"), message);
  }

  @Test
  void takesTheOlderCompilerWhereTheNewerDoesNotLoad() throws IOException {
    Files.writeString(folder.resolve("libnvrtc.so.13"), "no library");
    Files.copy(STUBS.resolve("libnvrtc.so.13"), folder.resolve("libnvrtc.so.12"));
    CompiledImage image = new CompiledImage(List.of(folder), folder, sources(HEADER));
    assertTrue(Files.exists(image.file("sm_90")));
  }

  @Test
  void saysThatTheCacheCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message = refusal(() -> image(file.resolve("cache")).file("sm_90"));
    assertTrue(message.contains("XDG_CACHE_HOME"), message);
  }

  @Test
  void theProgramCarriesAllSources() throws IOException {
    KernelSources carried = KernelSources.load();
    try (Stream<Path> files = Files.walk(Path.of("../kernels"))) {
      List<String> expected =
          files
              .map(file -> Path.of("../kernels").relativize(file).toString())
              .filter(name -> name.endsWith(".cu") || name.endsWith(".cuh"))
              .map(name -> name.replaceFirst("^include/", ""))
              .sorted()
              .toList();
      assertEquals(expected, List.copyOf(carried.files().keySet()));
    }
    assertEquals(
        Files.readString(Path.of("../kernels/include/simt.cuh")), carried.files().get("simt.cuh"));
    assertTrue(carried.unit().contains("#include \"conv/convolution_forward.cu\"\n"));
  }

  /** Loads kernels as for a GPU; the built image is refused, the compiler gives a good one. */
  static final class LoadForGpu {
    private LoadForGpu() {}

    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU)) {
        Path built = device.kernelImage();
        Path cache = Path.of(arguments[0]);
        CompiledImage compiled = new CompiledImage(List.of(STUBS), cache, sources(HEADER));
        KernelModule module = GpuImage.load(built, compiled, arguments[1]);
        System.out.println("loaded " + module.file().startsWith(cache));
        System.out.println(module.kernel("increment_counter").geometry());
        module.unload();
      } catch (DeviceUnavailableException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Outcome load(String error, String architecture) throws Exception {
    Path image;
    try (Device device = TestDevice.open()) {
      image = device.kernelImage();
    }
    return OtherProcess.run(
        LoadForGpu.class,
        Map.of(
            "STIC_SIMT_FAULT", "cuModuleLoadData:2:" + error, "STIC_STUB_CUBIN", image.toString()),
        folder.toString(),
        architecture);
  }

  @Test
  void compilesWhereTheDriverCannotUseTheBuiltImage() throws Exception {
    Outcome outcome = load("NO_BINARY_FOR_GPU", "sm_90");
    assertTrue(
        outcome.output().contains("cannot be used on sm_90: it has neither"), outcome.output());
    assertTrue(outcome.output().contains("stub compiled"), outcome.output());
    assertTrue(outcome.output().contains("loaded true\nGeometry[threads="), outcome.output());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void namesBothReasonsWhereCompilingFailsToo() throws Exception {
    Outcome outcome = load("NO_BINARY_FOR_GPU", "sm_99");
    String last = outcome.output().lines().toList().getLast();
    assertTrue(last.contains("it has neither machine code nor usable PTX"), outcome.output());
    assertTrue(outcome.output().contains("this stub knows no sm_99"), outcome.output());
  }

  @Test
  void otherErrorsAreNoReasonToCompile() throws Exception {
    Outcome outcome = load("ILLEGAL_ADDRESS", "sm_90");
    assertNotEquals(0, outcome.exitCode());
    assertTrue(outcome.output().contains("cuModuleLoadData failed"), outcome.output());
  }

  private static String refusal(Runnable body) {
    return assertThrows(DeviceUnavailableException.class, body::run).getMessage();
  }
}
