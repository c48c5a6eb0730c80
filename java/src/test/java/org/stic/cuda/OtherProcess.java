package org.stic.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class in a Java process of its own: for what needs another environment or ruins the
 * driver.
 */
public final class OtherProcess {
  private static final long SECONDS = 60;

  /**
   * How it went.
   *
   * @param exitCode the process's exit code
   * @param output standard output and standard error
   */
  public record Outcome(int exitCode, String output) {}

  private OtherProcess() {}

  /** Runs with the driver's folder set, and whatever else is asked for. */
  public static Outcome run(Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    String folder = System.getProperty(NativeFolder.PROPERTY);
    List<String> options =
        List.of("-Djava.library.path=" + folder, "-D" + NativeFolder.PROPERTY + "=" + folder);
    return run(options, main, environment, arguments);
  }

  /** Runs with these JVM options only. */
  static Outcome run(
      List<String> options, Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return wait(command, environment);
  }

  private static Outcome wait(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("other-process", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Outcome(ended ? process.exitValue() : -1, text);
  }
}
