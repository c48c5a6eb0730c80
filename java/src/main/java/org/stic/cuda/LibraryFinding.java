package org.stic.cuda;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a native library can be found; it is not loaded.
 *
 * @param name its file name, a pattern where that holds a version
 * @param purpose what needs it
 * @param file where it is, if it was found
 */
public record LibraryFinding(String name, String purpose, Optional<Path> file) {
  private static final List<String> SYSTEM_FOLDERS =
      List.of(
          "/usr/local/cuda/lib64",
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/lib/wsl/lib");

  static List<LibraryFinding> search(NativeFolder folder) {
    return List.of(
        find("libJCudaDriver-*.so", "JCuda", folder),
        find("libJCublas2-*.so", "JCublas", folder),
        find("libJCudnn-*.so", "JCudnn", folder),
        find("libcublas.so.12", "cuBLAS for JCublas 12.6", folder),
        find("libcublas.so.13", "cuBLAS of CUDA 13", folder),
        find("libcudnn.so.9", "cuDNN for JCudnn", folder),
        find("libnvrtc.so.13", "compiling kernels for other GPUs", folder),
        find("libnvrtc.so.12", "compiling kernels for other GPUs", folder),
        find(Nvml.LIBRARY, "clocks, power and throttling in benchmarks", folder),
        find(Nvtx.LIBRARIES.get(0), "names in profiling tools, CUDA 13", folder),
        find(Nvtx.LIBRARIES.get(1), "names in profiling tools, CUDA 12", folder));
  }

  private static LibraryFinding find(String name, String purpose, NativeFolder folder) {
    Optional<Path> file =
        folders(folder).stream()
            .flatMap(entry -> NativeFolder.matching(entry, name).stream())
            .findFirst();
    return new LibraryFinding(name, purpose, file);
  }

  /** Where libraries are looked for, in this order. */
  static List<Path> folders(NativeFolder folder) {
    String loaderPath = Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("");
    Stream<String> named =
        Stream.of(loaderPath.split(File.pathSeparator)).filter(entry -> !entry.isEmpty());
    return Stream.concat(
            Stream.of(folder.path()), Stream.concat(named, SYSTEM_FOLDERS.stream()).map(Path::of))
        .toList();
  }
}
