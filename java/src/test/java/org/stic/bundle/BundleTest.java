package org.stic.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String HERE = "org/stic/bundle/";

  @TempDir private Path folder;

  /** Names Second in code only. */
  private static final class First {
    static Object make() {
      return new Second[] {new Second()};
    }
  }

  private static final class Second {}

  /** Named by a text only, as in a reflective call. */
  private static final class Third {}

  private static final class Fourth {
    static final String NAME = "org.stic.bundle.BundleTest$Third";
  }

  @Test
  void classesAreReachedThroughCodeAndTexts() throws IOException {
    Map<String, byte[]> classes =
        Map.of(
            name("First"),
            bytes("First"),
            name("Second"),
            bytes("Second"),
            name("Third"),
            bytes("Third"),
            name("Fourth"),
            bytes("Fourth"));
    assertEquals(
        Set.of(name("First"), name("Second")),
        new ReachableClasses(classes).from(List.of(name("First"))));
    assertEquals(
        Set.of(name("Fourth"), name("Third")),
        new ReachableClasses(classes).from(List.of(name("Fourth"), "org/stic/NoSuchClass")));
    assertTrue(Fourth.NAME.endsWith("Third") && First.make() != null && new Third() != null);
  }

  @Test
  void aLibraryKeepsWhatIsUsedAndItsServices() throws IOException {
    Path program = library("stic-1.jar", "First");
    Path library = library("other-1.jar", "Second", "Third");
    new SlimLibraries(Map.of("lib/stic-1.jar", program, "lib/other-1.jar", library))
        .write(folder.resolve("slim"));
    assertEquals(
        Set.of(
            "META-INF/", "META-INF/NOTICE", "org/", "org/stic/", HERE, name("Second") + ".class"),
        entries(folder.resolve("slim/lib/other-1.jar")));
    assertFalse(BundleContents.isReduced("jackson-databind-2.jar"), "reflection");
    assertTrue(BundleContents.isLeftOut("kotlin-stdlib-1.jar"), "charts");
  }

  @Test
  void theSameFilesGiveTheSameArchive() throws IOException {
    Path first = Files.createDirectories(folder.resolve("a/stic/bin"));
    Files.writeString(first.resolve("program"), "run");
    assertTrue(first.resolve("program").toFile().setExecutable(true, false));
    Files.writeString(first.getParent().resolve("text"), "x".repeat(100_000));
    Path second = Files.createDirectories(folder.resolve("b/stic/bin"));
    Files.writeString(second.getParent().resolve("text"), "x".repeat(100_000));
    Files.writeString(second.resolve("program"), "run");
    assertTrue(second.resolve("program").toFile().setExecutable(true, false));
    Files.setLastModifiedTime(second.resolve("program"), FileTime.fromMillis(1));
    BundleArchive.write(folder.resolve("a/stic"), folder.resolve("a.tar.xz"));
    BundleArchive.write(folder.resolve("b/stic"), folder.resolve("b.tar.xz"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.tar.xz")),
        Files.readAllBytes(folder.resolve("b.tar.xz")));
    assertTrue(Files.size(folder.resolve("a.tar.xz")) < 2000);
  }

  @Test
  void aBundleOverTheLimitIsRefusedWithItsLargestFile() throws IOException {
    Files.write(folder.resolve("small"), new byte[1 << 20]);
    Files.write(folder.resolve("large"), new byte[3 << 20]);
    assertEquals(4 << 20, BundleSize.unpacked(folder, 4 << 20));
    BundleException refused =
        assertThrows(BundleException.class, () -> BundleSize.unpacked(folder, (4 << 20) - 1));
    assertTrue(
        refused.getMessage().startsWith("the bundle has 4.0 MiB unpacked, but may have 4.0 MiB"),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("large (3.0 MiB), small"), refused.getMessage());
    assertThrows(BundleException.class, () -> BundleSize.packed(folder.resolve("large"), 1));
  }

  @Test
  void everyDroppedTreeIsInThisJava() throws IOException {
    List<String> patterns = DroppedClasses.patterns();
    for (String tree : List.of("javax/swing/", "javax/sound/midi/", "sun/awt/X11/")) {
      assertTrue(patterns.stream().anyMatch(line -> line.contains(tree)), tree);
    }
  }

  @Test
  void anUnbuiltCheckoutIsNamedAndNothingIsLeft() throws IOException {
    Path out = folder.resolve("out/stic");
    BundleException problem =
        assertThrows(BundleException.class, () -> Bundle.make(folder.resolve("empty"), out));
    assertTrue(problem.getMessage().contains("mvn package -DskipTests"), problem.getMessage());
    try (Stream<Path> left = Files.list(out.getParent())) {
      assertEquals(0, left.count());
    }
  }

  private Path library(String name, String... classes) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      for (String simple : classes) {
        jar.putNextEntry(new ZipEntry(name(simple) + ".class"));
        jar.write(bytes(simple));
      }
      jar.putNextEntry(new ZipEntry("META-INF/NOTICE"));
      jar.write("terms".getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new ZipEntry("META-INF/maven/pom.xml"));
    }
    return file;
  }

  private static Set<String> entries(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Set<String> names = new TreeSet<>();
      Collections.list(jar.entries()).forEach(entry -> names.add(entry.getName()));
      return names;
    }
  }

  private static String name(String simple) {
    return HERE + "BundleTest$" + simple;
  }

  private static byte[] bytes(String simple) throws IOException {
    try (var in = BundleTest.class.getResourceAsStream("BundleTest$" + simple + ".class")) {
      return in.readAllBytes();
    }
  }
}
