import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the project's sources: Java with google-java-format, C++ and CUDA with clang-format 19.
 *
 * <p>{@code --check} fails and lists the files that differ; {@code --apply} rewrites them. Without
 * clang-format 19 the C++ part says SKIPPED.
 */
final class Format {
  private static final List<String> JAVA_ROOTS = List.of("java/src", "bench/src", ".ci");
  private static final List<String> NATIVE_ROOTS = List.of("kernels", "native");
  private static final String NATIVE_NAME = ".*\\.(cu|cuh|cpp|h|hpp)";

  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("--apply");
    List<Path> unformatted = new ArrayList<>(formatJava(apply));
    unformatted.addAll(formatNative(apply));
    for (Path file : unformatted) {
      System.out.println((apply ? "formatted " : "not formatted: ") + file);
    }
    if (!apply && !unformatted.isEmpty()) {
      System.out.println("Run `mvn -N verify -Dformat` to format the sources.");
      System.exit(1);
    }
  }

  private static List<Path> formatJava(boolean apply) throws Exception {
    Formatter formatter = new Formatter();
    List<Path> changed = new ArrayList<>();
    for (Path file : sources(JAVA_ROOTS, ".*\\.java")) {
      String source = Files.readString(file);
      String formatted = formatter.formatSourceAndFixImports(source);
      if (!formatted.equals(source)) {
        changed.add(file);
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
    return changed;
  }

  private static List<Path> formatNative(boolean apply) throws Exception {
    String clangFormat = findClangFormat();
    if (clangFormat == null) {
      System.out.println("SKIPPED format of C++ and CUDA: clang-format 19 not found");
      return List.of();
    }
    List<Path> sources = sources(NATIVE_ROOTS, NATIVE_NAME);
    if (isFormatted(clangFormat, sources)) {
      return List.of();
    }
    List<Path> changed = new ArrayList<>();
    for (Path file : sources) {
      if (!isFormatted(clangFormat, List.of(file))) {
        changed.add(file);
        if (apply) {
          run(List.of(clangFormat, "-i", file.toString()));
        }
      }
    }
    return changed;
  }

  private static boolean isFormatted(String clangFormat, List<Path> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(clangFormat, "--dry-run", "--Werror"));
    files.forEach(file -> command.add(file.toString()));
    return run(command) == 0;
  }

  private static String findClangFormat() throws InterruptedException {
    for (String name : List.of("clang-format-19", "clang-format")) {
      try {
        Process version = new ProcessBuilder(name, "--version").start();
        String text = new String(version.getInputStream().readAllBytes());
        if (version.waitFor() == 0 && text.contains("version 19.")) {
          return name;
        }
      } catch (IOException absent) {
        // The next name is tried.
      }
    }
    return null;
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static List<Path> sources(List<String> roots, String name) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String root : roots) {
      if (Files.isDirectory(Path.of(root))) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
          files
              .filter(f -> f.getFileName().toString().matches(name))
              .filter(f -> !f.startsWith(root + "/target"))
              .forEach(found::add);
        }
      }
    }
    return found;
  }
}
