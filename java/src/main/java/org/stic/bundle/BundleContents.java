package org.stic.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The one list of what a bundle holds and of what it leaves out.
 *
 * @param checkout the built checkout that everything comes from
 */
record BundleContents(Path checkout) {
  /** A library that is left out, by the beginnings of its files' names, and what is missed then. */
  record LeftOut(List<String> names, String consequence) {}

  /** What the size limits leave no room for. */
  static final List<LeftOut> LEFT_OUT =
      List.of(
          new LeftOut(
              List.of("commons-jvm", "datamodel-jvm", "kotlin-", "lets-plot", "plot-", "slf4j-"),
              "charts of reports, which name their figures in words instead;"
                  + " 'stic report' in a checkout draws them from the run's folder"),
          new LeftOut(List.of("webp-imageio"), "reading lossy WebP pictures"),
          new LeftOut(List.of("xz-"), "making bundles"),
          new LeftOut(
              List.of("kernels-x86-64-v2", "kernels-x86-64-v4"),
              "kernels for processors without AVX2, and for AVX-512: such run those for AVX2"),
          new LeftOut(
              List.of("onnxruntime", "pytorch", "openblas", "javacpp", "djl-"),
              "other libraries' engines; gpu.sh measures PyTorch where it is installed"),
          new LeftOut(
              List.of("archunit", "lmdbjava", "jnr-", "jffi"), "tests of the source's structure"));

  /** Libraries that find their classes by names made at run time: kept as they are. */
  private static final List<String> WHOLE =
      List.of(
          "jackson-",
          "jcu",
          "jmh-",
          "junit-jupiter-api",
          "junit-jupiter-engine",
          "junit-platform-",
          "picocli",
          "stic-");

  private static final List<String> TESTED_PACKAGES = List.of("cuda", "kernels", "graph");

  /** Whether a library does not come along. */
  static boolean isLeftOut(String file) {
    return LEFT_OUT.stream().flatMap(left -> left.names().stream()).anyMatch(file::startsWith);
  }

  /** Whether a library is reduced to the classes that are used. */
  static boolean isReduced(String file) {
    return WHOLE.stream().noneMatch(file::startsWith);
  }

  /** Whether a library is this program's: its stack traces keep their lines. */
  static boolean isOurs(String file) {
    return file.startsWith("stic-");
  }

  /** Whether an entry of a library comes along for the bundle's tests. */
  static boolean isWanted(String library, String entry) {
    return !library.endsWith("-tests.jar")
        || TESTED_PACKAGES.stream().anyMatch(name -> entry.startsWith("org/stic/" + name + "/"))
        || entry.startsWith("org/stic/TestRun");
  }

  /** Libraries of Java, by where they go. */
  Map<String, Path> libraries() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    put(files, "lib", "java/target", "stic-*[0-9].jar");
    put(files, "lib", "java/target/libraries", "*.jar");
    put(files, "tests", "java/target", "stic-*-tests.jar");
    put(files, "tests", "java/target/test-libraries", "*.jar");
    put(files, "bench", "bench/target", "stic-bench-*[0-9].jar");
    put(files, "bench", "bench/target/libraries", "*.jar");
    return withoutLeftOut(files);
  }

  /** All other files, by where they go. */
  Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    put(files, "native", "native/target/lib", "libcuda.so.1");
    put(files, "native", "native/target/lib", "*.so");
    putIfThere(files, "native", "native/target/lib", "*.fatbin");
    putIfThere(files, "native", "native/target", "kernel-report.txt");
    put(files, "tests/driver", "native/target/cmake/test", "driver_*_test");
    put(files, "tests/driver", "native/target/cmake/test", "test-*.so");
    putIfThere(files, "tests/driver", "native/target/cmake/test", "*.fatbin");
    put(files, "", "bench", "gpu.sh");
    put(files, "bench/peers", "bench/peers", "*.py");
    put(files, "", "", "LICENSE");
    putTree(files, "kernels");
    return withoutLeftOut(files);
  }

  private static Map<String, Path> withoutLeftOut(Map<String, Path> files) {
    files.values().removeIf(file -> isLeftOut(file.getFileName().toString()));
    return files;
  }

  private void put(Map<String, Path> files, String target, String folder, String glob)
      throws IOException {
    if (!putIfThere(files, target, folder, glob)) {
      throw new BundleException(
          "%s/%s does not exist; build everything with 'mvn package -DskipTests'"
              .formatted(checkout.resolve(folder), glob));
    }
  }

  private boolean putIfThere(Map<String, Path> files, String target, String folder, String glob)
      throws IOException {
    Path from = checkout.resolve(folder);
    if (!Files.isDirectory(from)) {
      return false;
    }
    boolean any = false;
    try (var found = Files.newDirectoryStream(from, glob)) {
      for (Path file : found) {
        String name = file.getFileName().toString();
        files.put(target.isEmpty() ? name : target + "/" + name, file);
        any = true;
      }
    }
    return any;
  }

  private void putTree(Map<String, Path> files, String folder) throws IOException {
    try (Stream<Path> tree = Files.walk(checkout.resolve(folder))) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> files.put(checkout.relativize(file).toString(), file));
    }
  }
}
