package org.stic.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the file with the compiled kernels that fits a driver and a processor. */
final class KernelImages {
  static final String CPU_PROPERTY = "stic.cpu.image";

  private static final String GPU_FILE = "kernels.fatbin";
  private static final String CPU_GLOB = "kernels-*.so";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> V3_FLAGS =
      Set.of("avx2", "bmi1", "bmi2", "fma", "f16c", "movbe", "abm");
  private static final Set<String> V4_FLAGS =
      Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

  private KernelImages() {}

  /** The file that the CPU driver loads. */
  static Path choose(KernelImage image, NativeFolder folder) {
    return cpuFile(image, folder)
        .orElseThrow(() -> new DeviceUnavailableException(problem(image, folder)));
  }

  /** The file for GPUs, whether it was built or not. */
  static Path gpuFile(NativeFolder folder) {
    return folder.file(GPU_FILE);
  }

  /** Every kernel image of the folder. */
  static List<Path> all(NativeFolder folder) {
    return folder.files("kernels{.fatbin,-*.so}");
  }

  /** Why a GPU would find no kernels, or an empty text. */
  static String gpuProblem(NativeFolder folder) {
    return gpuProblem(folder, LibraryFinding.folders(folder));
  }

  /** As above, with the folders where a compiler is looked for. */
  static String gpuProblem(NativeFolder folder, List<Path> libraryFolders) {
    String compilers = Files.exists(gpuFile(folder)) ? "" : Nvrtc.problem(libraryFolders);
    return compilers.isEmpty()
        ? ""
        : ("%s does not exist and there is %s; put the CUDA toolkit's nvcc on PATH and run"
                + " 'mvn package', install NVRTC, or use --device cpu")
            .formatted(gpuFile(folder), compilers);
  }

  /** Why the CPU driver would find no kernels, or an empty text. */
  static String problem(KernelImage image, NativeFolder folder) {
    return cpuFile(image, folder).isPresent()
        ? ""
        : "no kernel image %s in %s for this processor (%s); run 'mvn package'"
            .formatted(cpuNames(image), folder.path(), folder.files(CPU_GLOB));
  }

  /** Names of the images that a processor with these features can run, fastest first. */
  static List<String> supported(String architecture, Set<String> flags) {
    if (architecture.equals("aarch64")) {
      return List.of("aarch64");
    }
    if (!flags.containsAll(V3_FLAGS)) {
      return List.of("x86-64-v2");
    }
    return flags.containsAll(V4_FLAGS)
        ? List.of("x86-64-v4", "x86-64-v3", "x86-64-v2")
        : List.of("x86-64-v3", "x86-64-v2");
  }

  private static Optional<Path> cpuFile(KernelImage image, NativeFolder folder) {
    return cpuNames(image).stream()
        .map(name -> folder.file("kernels-" + name + ".so"))
        .filter(Files::exists)
        .findFirst();
  }

  private static List<String> cpuNames(KernelImage image) {
    String named = System.getProperty(CPU_PROPERTY);
    if (image == KernelImage.FIBERS) {
      return List.of("fibers");
    }
    return named != null
        ? List.of(named)
        : supported(System.getProperty("os.arch"), processorFlags());
  }

  private static Set<String> processorFlags() {
    if (!Files.exists(CPU_INFO)) {
      return Set.of();
    }
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
          .orElse(Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CPU_INFO, e);
    }
  }
}
