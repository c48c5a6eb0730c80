package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.KernelImage;
import org.stic.cuda.TestDevice;

/**
 * The catalogue lists what the images export and the tests cover, and nothing else; the README
 * shows it.
 */
class KernelCatalogTest {
  private static final Pattern GEOMETRY = Pattern.compile("\0([a-z0-9_]+)_geometry(?=\0)");

  @Test
  void everyImageOfTheCpuExportsExactlyTheCatalogue() throws IOException {
    List<Path> images = images();
    assertTrue(images.size() >= 2, "a fast image and the fibers: " + images);
    for (Path image : images) {
      String symbols = Files.readString(image, StandardCharsets.ISO_8859_1);
      assertEquals(List.of(), unlisted(symbols), image + " exports what the catalogue lacks");
      assertEquals(List.of(), missing(image, symbols), image + " lacks what the catalogue lists");
    }
  }

  @Test
  void everyKernelHasATestAndEveryTestAKernel() {
    Set<String> tested =
        KernelCases.all().stream()
            .map(KernelCase::kernel)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(names(), tested);
  }

  @Test
  void theLoadedImageHasEveryKernel() {
    try (Device device = TestDevice.open()) {
      names().stream()
          .filter(name -> KernelRig.has(KernelImage.DEFAULT, name))
          .forEach(name -> assertEquals(name, device.kernel(name).name()));
    }
  }

  @Test
  void theReadmeShowsTheCatalogue() throws IOException {
    String readme = Files.readString(Path.of("../kernels/README.md"));
    String expected = table();
    assertTrue(readme.contains(expected), () -> "kernels/README.md should contain\n" + expected);
  }

  @Test
  void theReadmeNamesEveryFile() throws IOException {
    Path folder = Path.of("../kernels");
    String readme = Files.readString(folder.resolve("README.md"));
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> missing =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.matches(".*\\.cuh?") && !readme.contains("`" + name + "`"))
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void anUnknownKernelIsNamed() {
    assertEquals(
        "no kernel is called warp_drive",
        assertThrows(IllegalArgumentException.class, () -> KernelCatalog.entry("warp_drive"))
            .getMessage());
  }

  private static Set<String> names() {
    return KernelCatalog.entries().stream()
        .map(KernelDescription::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** One row for all kernels that differ in their names only. */
  private static String table() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (KernelDescription e : KernelCatalog.entries()) {
      String row = "%s | %s | %s |".formatted(e.family(), cell(e.formula()), cell(e.cost()));
      rows.computeIfAbsent(row, _ -> new ArrayList<>()).add("`" + e.name() + "`");
    }
    return rows.entrySet().stream()
        .map(row -> "| %s | %s".formatted(names(row.getValue()), row.getKey()))
        .collect(Collectors.joining("\n"));
  }

  /** All names, or of many the first and the last. */
  private static String names(List<String> names) {
    return names.size() <= 6
        ? String.join(" ", names)
        : "%s to %s (%d)".formatted(names.getFirst(), names.getLast(), names.size());
  }

  /** Text that Markdown must not take for the end of a cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static List<Path> images() throws IOException {
    List<Path> images = new ArrayList<>();
    Path folder = Path.of(System.getProperty("stic.native.dir"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "kernels-*.so")) {
      files.forEach(images::add);
    }
    return images;
  }

  /** Each kernel has a symbol for its geometry, whose name stands in the library's string table. */
  private static List<String> unlisted(String symbols) {
    return GEOMETRY
        .matcher(symbols)
        .results()
        .map(result -> result.group(1))
        .filter(name -> !names().contains(name))
        .toList();
  }

  /** The linker may store a name as the end of a longer one. */
  private static List<String> missing(Path image, String symbols) {
    boolean isFast = !image.getFileName().toString().equals("kernels-fibers.so");
    return KernelCatalog.entries().stream()
        .filter(entry -> !(isFast && entry.onlyGpuShape()))
        .map(KernelDescription::name)
        .filter(name -> !symbols.contains(name + "_geometry\0"))
        .toList();
  }
}
