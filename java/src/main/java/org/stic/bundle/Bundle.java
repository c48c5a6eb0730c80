package org.stic.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder and an archive of the program that need neither Java nor a build: a runtime, libraries,
 * natives, kernels and their sources, tests and benchmarks.
 *
 * @param folder the unpacked bundle
 * @param archive the same, packed
 * @param unpackedBytes of all files
 * @param packedBytes of the archive
 */
public record Bundle(Path folder, Path archive, long unpackedBytes, long packedBytes) {
  private static final List<String> PROGRAMS = List.of("stic", "gpu.sh");
  private static final String FALLBACK = "libstdc++.so.6";

  /** Why a bundle cannot be made by this Java from this checkout, or an empty text. */
  public static String problem(Path checkout) {
    if (!Files.exists(checkout.resolve("pom.xml")) || !Files.exists(checkout.resolve("kernels"))) {
      return "a bundle is made in a checkout, and %s is none".formatted(checkout.toAbsolutePath());
    }
    return JavaRuntime.canBeLinked()
        ? ""
        : "this Java has no jlink: start stic with a JDK of version 25 or newer";
  }

  /** A number of bytes for people. */
  public static String mebibytes(long bytes) {
    return BundleSize.mebibytes(bytes);
  }

  /** What the bundle leaves out, a line each. */
  public static List<String> omissions() {
    return BundleContents.LEFT_OUT.stream()
        .map(left -> "%s*: %s".formatted(String.join("*, ", left.names()), left.consequence()))
        .toList();
  }

  /**
   * Makes a bundle. It appears whole or not at all.
   *
   * @param checkout a built checkout
   * @param folder the new folder; the archive appears beside it
   * @throws BundleException if it is larger than allowed
   */
  public static Bundle make(Path checkout, Path folder) throws IOException {
    Path parent = Files.createDirectories(folder.toAbsolutePath().getParent());
    Path scratch = Files.createTempDirectory(parent, ".stic-bundle-");
    try {
      Path draft = scratch.resolve(folder.getFileName());
      Path packed = scratch.resolve(folder.getFileName() + ".tar.xz");
      fill(checkout, draft);
      long unpackedBytes = BundleSize.unpacked(draft, BundleSize.MOST_UNPACKED);
      BundleArchive.write(draft, packed);
      long packedBytes = BundleSize.packed(packed, BundleSize.MOST_PACKED);
      Path archive = parent.resolve(packed.getFileName());
      Files.move(draft, folder);
      try {
        Files.move(packed, archive);
      } catch (IOException e) {
        delete(folder);
        throw e;
      }
      return new Bundle(folder, archive, unpackedBytes, packedBytes);
    } finally {
      delete(scratch);
    }
  }

  private static void fill(Path checkout, Path folder) throws IOException {
    BundleContents contents = new BundleContents(checkout);
    Files.createDirectories(folder);
    new SlimLibraries(contents.libraries()).write(folder);
    for (Map.Entry<String, Path> file : contents.files().entrySet()) {
      copy(file.getValue(), folder.resolve(file.getKey()));
    }
    copyFallback(folder.resolve("native/fallback"));
    SharedLibraries.strip(folder);
    JavaRuntime.link(folder.resolve("runtime"));
    writeResource("stic", folder.resolve("stic"));
    writeResource("README.txt", folder.resolve("README.txt"));
    Files.writeString(folder.resolve("COMMIT"), Commit.of(checkout) + "\n");
    for (String program : PROGRAMS) {
      makeExecutable(folder.resolve(program));
    }
  }

  private static void copy(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
    if (target.getParent().endsWith("tests/driver")) {
      makeExecutable(target);
    }
  }

  /** The C++ library that everything was built with, for a system that has none. */
  private static void copyFallback(Path folder) throws IOException {
    for (String place : List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib")) {
      for (String name : List.of(FALLBACK, "libgcc_s.so.1")) {
        Path file = Path.of(place, name);
        if (Files.exists(file) && !Files.exists(folder.resolve(name))) {
          copy(file.toRealPath(), folder.resolve(name));
        }
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static void writeResource(String name, Path file) throws IOException {
    try (InputStream resource = Bundle.class.getResourceAsStream(name)) {
      Files.copy(resource, file);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
