package org.stic.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The private folder with what is compiled: the CPU driver, the kernel images and JCuda's native
 * libraries.
 *
 * @param path the folder
 */
record NativeFolder(Path path) {
  static final String PROPERTY = "stic.native.dir";

  private static final String CPU_DRIVER = "libcuda.so.1";
  private static final String JCUDA_DRIVER = "libJCudaDriver-*.so";

  /**
   * The folder that the system property names, else the one beside the program's classes or jar.
   */
  static NativeFolder locate() {
    String named = System.getProperty(PROPERTY);
    return new NativeFolder(named != null ? Path.of(named).toAbsolutePath() : besideProgram());
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Path cpuDriver() {
    return file(CPU_DRIVER);
  }

  /** Files of this folder that match a glob, in the order of their names. */
  List<Path> files(String glob) {
    return matching(path, glob);
  }

  /**
   * Why JCuda would not find its native library, or an empty text. JCuda reads the library path
   * once, at JVM start.
   */
  static String jcudaProblem(NativeFolder folder) {
    String libraryPath = System.getProperty("java.library.path", "");
    boolean found =
        Stream.of(libraryPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> !matching(Path.of(entry), JCUDA_DRIVER).isEmpty());
    return found
        ? ""
        : "no %s on java.library.path (%s); start Java with -Djava.library.path=%s"
            .formatted(JCUDA_DRIVER, libraryPath, folder.path());
  }

  private static Path besideProgram() {
    Path program = programLocation();
    for (Path parent = program.getParent(); parent != null; parent = parent.getParent()) {
      for (String candidate : List.of("native/target/lib", "native")) {
        Path folder = parent.resolve(candidate);
        if (Files.exists(folder.resolve(CPU_DRIVER))) {
          return folder;
        }
      }
    }
    return program.resolveSibling("native");
  }

  private static Path programLocation() {
    try {
      return Path.of(
          NativeFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is not a path", e);
    }
  }

  /**
   * Files of any folder that match a glob, in the order of their names; none if there is no such
   * folder.
   */
  static List<Path> matching(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + folder, e);
      }
    }
    found.sort(null);
    return found;
  }
}
