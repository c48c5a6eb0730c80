package org.stic.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes libraries anew with what is used of them: whole where {@link BundleContents} says so,
 * elsewhere the classes that something kept names. The same libraries give the same bytes.
 */
final class SlimLibraries {
  private static final String CLASS = ".class";
  private static final String SERVICES = "META-INF/services/";
  private static final Pattern VERSION = Pattern.compile("^META-INF/versions/\\d+/");
  private static final Pattern UNUSED =
      Pattern.compile(
          "META-INF/maven/.*|google/protobuf/.*\\.proto|META-INF/[^/]*\\.(SF|RSA|DSA)|(.*/)?module-info\\.class"
              + "|(.*/)?(Windows|Mac|FreeBSD|win|win32|mac|darwin)/.*");
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Map<String, Map<String, byte[]>> libraries = new TreeMap<>();
  private final Set<String> reached;
  private final LeanClass lean;
  private final LeanClass leanWithLines;

  /**
   * Reads libraries and finds what is used.
   *
   * @param files libraries by where they go
   */
  SlimLibraries(Map<String, Path> files) throws IOException {
    for (Map.Entry<String, Path> file : files.entrySet()) {
      libraries.put(file.getKey(), read(file.getValue()));
    }
    Map<String, byte[]> classes = new TreeMap<>();
    libraries
        .values()
        .forEach(
            entries ->
                entries.forEach(
                    (name, bytes) -> {
                      if (name.endsWith(CLASS)) {
                        classes.put(className(name), bytes);
                      }
                    }));
    lean = new LeanClass(classes, LineNumbersOption.DROP_LINE_NUMBERS);
    leanWithLines = new LeanClass(classes, LineNumbersOption.PASS_LINE_NUMBERS);
    reached = new ReachableClasses(classes).from(roots());
  }

  /** Writes every library of which something is used into a folder. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, Map<String, byte[]>> library : libraries.entrySet()) {
      Map<String, byte[]> kept = kept(library.getKey(), library.getValue());
      if (kept.keySet().stream().anyMatch(name -> name.endsWith(CLASS))) {
        Path file = folder.resolve(library.getKey());
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
          writeArchive(kept, out);
        }
      }
    }
  }

  private static Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (var all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String name = entry.getName();
        if (!entry.isDirectory()
            && !UNUSED.matcher(name).matches()
            && BundleContents.isWanted(file.getFileName().toString(), name)) {
          try (var bytes = jar.getInputStream(entry)) {
            entries.put(name, bytes.readAllBytes());
          }
        }
      }
    }
    return entries;
  }

  private List<String> roots() {
    List<String> roots = new ArrayList<>();
    libraries.forEach(
        (target, entries) ->
            entries.forEach(
                (name, bytes) -> {
                  if (name.startsWith(SERVICES)) {
                    new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> roots.add(line.strip().replace('.', '/')));
                  } else if (name.endsWith(CLASS) && !isReduced(target)) {
                    roots.add(className(name));
                  }
                }));
    return roots;
  }

  private Map<String, byte[]> kept(String target, Map<String, byte[]> entries) {
    Map<String, byte[]> kept = new TreeMap<>(entries);
    if (isReduced(target)) {
      kept.keySet().removeIf(name -> name.endsWith(CLASS) && !reached.contains(className(name)));
    }
    LeanClass form = BundleContents.isOurs(fileName(target)) ? leanWithLines : lean;
    kept.replaceAll((name, bytes) -> name.endsWith(CLASS) ? form.of(bytes) : bytes);
    return kept;
  }

  private static boolean isReduced(String target) {
    return BundleContents.isReduced(fileName(target));
  }

  private static String fileName(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  private static String className(String entry) {
    String name = VERSION.matcher(entry).replaceFirst("");
    return name.substring(0, name.length() - CLASS.length());
  }

  private static void writeArchive(Map<String, byte[]> entries, OutputStream out)
      throws IOException {
    ZipOutputStream archive = new ZipOutputStream(out);
    archive.setLevel(Deflater.BEST_COMPRESSION);
    Set<String> folders = new HashSet<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      putFolders(entry.getKey(), folders, archive);
      put(entry.getKey(), entry.getValue(), archive);
    }
    archive.finish();
  }

  /** JUnit finds the classes of a package only where the package has an entry of its own. */
  private static void putFolders(String name, Set<String> known, ZipOutputStream archive)
      throws IOException {
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      String folder = name.substring(0, end + 1);
      if (known.add(folder)) {
        put(folder, new byte[0], archive);
      }
    }
  }

  private static void put(String name, byte[] bytes, ZipOutputStream archive) throws IOException {
    ZipEntry header = new ZipEntry(name);
    header.setTimeLocal(TIME);
    archive.putNextEntry(header);
    archive.write(bytes);
  }
}
