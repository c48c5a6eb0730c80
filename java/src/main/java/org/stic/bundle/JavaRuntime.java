package org.stic.bundle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Links the Java runtime of a bundle with the jlink of the JDK that runs this program. */
final class JavaRuntime {
  /** What the program, its tests and JMH use; ImageIO is the reason for java.desktop. */
  private static final String MODULES =
      "java.base,java.desktop,java.logging,java.management,jdk.management,jdk.unsupported";

  private JavaRuntime() {}

  /** Whether this Java has a jlink. */
  static boolean canBeLinked() {
    return ToolProvider.findFirst("jlink").isPresent();
  }

  /**
   * Links a runtime.
   *
   * @param folder where it goes; must not exist
   */
  static void link(Path folder) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int code = jlink.run(out, out, options(folder).toArray(String[]::new));
    if (code != 0) {
      throw new IOException("jlink failed: " + text.toString().strip().replaceAll("\\s+", " "));
    }
    SharedLibraries.strip(folder);
  }

  private static List<String> options(Path folder) throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--add-modules", MODULES, "--output", folder.toString()));
    options.addAll(List.of("--compress", "zip-9", "--strip-debug"));
    options.addAll(List.of("--no-header-files", "--no-man-pages"));
    options.add("--exclude-resources=" + String.join(",", DroppedClasses.patterns()));
    options.add("--exclude-files=" + String.join(",", DroppedClasses.FILES));
    return options;
  }
}
