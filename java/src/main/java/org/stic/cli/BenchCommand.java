package org.stic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code stic bench}: hands its words to the benchmarks, which run in a process of their own and
 * have its exit code.
 */
@Command(
    name = "bench",
    description = {
      "Run the benchmarks, or look at their results; 'stic bench help' tells how.",
      "Words are names of benchmarks, options of JMH, or a command such as 'smoke'."
    })
final class BenchCommand implements Callable<Integer> {
  private static final String HOME = "stic.home";
  private static final List<String> PASSED_ON =
      List.of("java.library.path", "stic.native.dir", HOME);

  @Unmatched private final List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Path home = Path.of(System.getProperty(HOME, "."));
    Path jar = home.resolve("bench/target/benchmarks.jar");
    boolean bundled = Files.isDirectory(home.resolve("runtime"));
    if (!bundled && !Files.exists(jar)) {
      throw new UsageException(jar + " does not exist; build it with 'mvn -pl bench -am package'");
    }
    String classes = bundled ? home + "/bench/*:" + home + "/lib/*" : jar.toString();
    Process process = new ProcessBuilder(command(classes)).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private List<String> command(String classes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    for (String property : PASSED_ON) {
      command.add("-D" + property + "=" + System.getProperty(property, ""));
    }
    command.addAll(List.of("-cp", classes, "org.stic.bench.Main"));
    command.addAll(words);
    return command;
  }
}
