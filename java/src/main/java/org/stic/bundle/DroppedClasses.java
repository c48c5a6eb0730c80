package org.stic.bundle;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the bundle's Java runtime leaves out of JDK modules that the program needs only in part:
 * windows, sound and printing beside ImageIO's pictures, and everything that parses or transforms
 * XML beside the interfaces that ImageIO's metadata implement, keytool. A module must keep
 * something in each of its packages, so each keeps its smallest-named class.
 */
final class DroppedClasses {
  private static final Map<String, List<String>> TREES =
      new TreeMap<>(
          Map.of(
              "java.base",
              List.of("sun/security/tools"),
              "java.desktop",
              List.of(
                  "com/sun/beans",
                  "com/sun/java/swing",
                  "com/sun/media",
                  "com/sun/swing",
                  "java/applet",
                  "java/awt/dnd",
                  "java/awt/im",
                  "javax/imageio/plugins/tiff",
                  "javax/print",
                  "javax/sound",
                  "javax/swing",
                  "sun/awt/X11",
                  "sun/awt/im",
                  "sun/java2d/opengl",
                  "sun/java2d/x11",
                  "sun/java2d/xr",
                  "sun/print",
                  "sun/swing"),
              "java.management",
              List.of(
                  "com/sun/jmx/remote",
                  "javax/management/monitor",
                  "javax/management/relation",
                  "javax/management/timer"),
              "java.xml",
              List.of(
                  "com/sun",
                  "javax/xml/catalog",
                  "javax/xml/xpath",
                  "javax/xml/validation",
                  "jdk/xml")));

  /**
   * Single files: tables of rare character sets, pictures of the documentation, TIFF, fonts, which
   * nothing draws, and messages in other languages than English.
   */
  private static final List<String> RESOURCES =
      List.of(
          "glob:/java.base/sun/nio/cs/EUC_TW*",
          "glob:/java.base/sun/nio/cs/GB18030*",
          "regex:/java.base/sun/nio/cs/(Johab|HKSCS|Big5_HKSCS|MS932|SJIS)[^/]*",
          "regex:/java\\.(base|desktop|logging|management)/.*/resources/[^/]*_(de|ja|zh_CN)\\.class",
          "regex:/java.desktop/sun/font/(X11|XMap|XRGlyph|TrueType|Type1|FcFont|FontConfig|Freetype|HB"
              + "|ScriptRun|ExtendedText|StandardGlyphVector|FileFont|CMap|NativeFont|NativeStrike)[^/]*",
          "glob:/java.desktop/**/doc-files/*",
          "regex:/java.desktop/com/sun/imageio/plugins/tiff/(?!TIFFImage(Reader|Writer)Spi)[^/]*");

  /** Libraries of the same parts, an optional one, and files that only development tools read. */
  static final List<String> FILES =
      List.of(
          "**/classlist",
          "**/jrt-fs.jar",
          "**/libawt_xawt.so",
          "**/libfontmanager.so",
          "**/libfreetype.so",
          "**/libjawt.so",
          "**/libjsound.so",
          "**/libmlib_image.so",
          "**/libsimdsort.so",
          "**/libsplashscreen.so",
          "**/psfont*",
          "**/public_suffix_list.dat");

  private DroppedClasses() {}

  /** Patterns for jlink's --exclude-resources. */
  static List<String> patterns() throws IOException {
    List<String> patterns = new ArrayList<>(RESOURCES);
    for (Map.Entry<String, List<String>> trees : TREES.entrySet()) {
      for (String folder : folders(trees.getKey(), trees.getValue())) {
        patterns.add(pattern(trees.getKey(), folder));
      }
    }
    return patterns;
  }

  private static Iterable<String> folders(String module, List<String> trees) {
    ModuleDescriptor descriptor = ModuleFinder.ofSystem().find(module).orElseThrow().descriptor();
    TreeSet<String> folders = new TreeSet<>();
    for (String name : descriptor.packages()) {
      String folder = name.replace('.', '/');
      if (trees.stream().anyMatch(tree -> (folder + "/").startsWith(tree + "/"))) {
        folders.add(folder);
      }
    }
    return folders;
  }

  private static String pattern(String module, String folder) throws IOException {
    Path classes = Path.of(URI.create("jrt:/" + module)).resolve(folder);
    try (Stream<Path> files = Files.list(classes)) {
      String kept =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .min(
                  Comparator.comparingInt(DroppedClasses::cost)
                      .thenComparing(Comparator.naturalOrder()))
              .orElseThrow();
      return "regex:/%s/%s/(?!%s)[^/]*"
          .formatted(module, folder, kept.replaceAll("[.$]", "\\\\$0"));
    }
  }

  /** Classes come before other resources, short names before long ones. */
  private static int cost(String name) {
    return name.length() + (name.endsWith(".class") ? 0 : 1 << 16);
  }
}
