package org.stic.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernels' source texts, which the program carries for GPUs that no image was built for.
 *
 * @param files text by the name that sources include it by: headers by their file name, kernels by
 *     folder and file name
 */
record KernelSources(SortedMap<String, String> files) {
  private static final String FOLDER = "org/stic/cuda/kernels/";
  private static final String HEADERS = "include/";
  private static final String KERNEL = ".cu";

  /** The sources beside this class, in its folder of classes or its jar. */
  static KernelSources load() {
    SortedMap<String, String> files = new TreeMap<>();
    try {
      Path program =
          Path.of(KernelSources.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(program)) {
        readFolder(program.resolve(FOLDER), files);
      } else {
        readJar(program, files);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kernels' sources", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is not a path", e);
    }
    return new KernelSources(files);
  }

  /** One translation unit with every kernel. */
  String unit() {
    return files.keySet().stream()
        .filter(name -> name.endsWith(KERNEL))
        .map("#include \"%s\"\n"::formatted)
        .collect(Collectors.joining());
  }

  private static void readFolder(Path folder, SortedMap<String, String> files) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        files.put(included(name), Files.readString(file));
      }
    }
  }

  private static void readJar(Path program, SortedMap<String, String> files) throws IOException {
    try (JarFile jar = new JarFile(program.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
          try (InputStream text = jar.getInputStream(entry)) {
            files.put(
                included(entry.getName().substring(FOLDER.length())),
                new String(text.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  private static String included(String path) {
    return path.startsWith(HEADERS) ? path.substring(HEADERS.length()) : path;
  }
}
