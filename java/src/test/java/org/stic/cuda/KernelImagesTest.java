package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelImagesTest {
  private static final Set<String> HASWELL =
      Set.of("sse4_2", "avx2", "bmi1", "bmi2", "fma", "f16c", "movbe", "abm");

  @TempDir Path folder;

  @Test
  void ordersTheLevelsOfAProcessorFastestFirst() {
    assertEquals(List.of("x86-64-v2"), KernelImages.supported("amd64", Set.of("sse4_2", "avx")));
    assertEquals(List.of("x86-64-v3", "x86-64-v2"), KernelImages.supported("amd64", HASWELL));
    assertEquals(List.of("aarch64"), KernelImages.supported("aarch64", Set.of()));
  }

  @Test
  void takesV4OnlyWhereAllItsPartsAre() {
    Set<String> skylake = new java.util.HashSet<>(HASWELL);
    skylake.addAll(Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq"));
    assertEquals("x86-64-v3", KernelImages.supported("amd64", skylake).getFirst());
    skylake.add("avx512vl");
    assertEquals("x86-64-v4", KernelImages.supported("amd64", skylake).getFirst());
  }

  @Test
  void saysWhatIsMissingAndWhatHelps() throws IOException {
    NativeFolder empty = new NativeFolder(folder);
    Exception refused =
        assertThrows(
            DeviceUnavailableException.class, () -> KernelImages.choose(KernelImage.FIBERS, empty));
    assertTrue(refused.getMessage().contains("fibers"), refused.getMessage());
    assertTrue(refused.getMessage().contains("mvn package"), refused.getMessage());
    assertTrue(KernelImages.gpuProblem(empty, List.of(folder)).contains("nvcc"));
    assertTrue(
        KernelImages.gpuProblem(empty, List.of(folder))
            .contains("[libnvrtc.so.13, libnvrtc.so.12]"));

    Path image = Files.createFile(folder.resolve("kernels-fibers.so"));
    assertEquals(image, KernelImages.choose(KernelImage.FIBERS, empty));
  }
}
