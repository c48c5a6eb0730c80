package org.stic.bench.profile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Runs each fork under one of NVIDIA's tools, which captures its measured iterations and writes a
 * report to a folder. The tool slows or repeats kernels: the run's own times mean nothing.
 */
abstract class NsightProfiler extends CaptureProfiler implements ExternalProfiler {
  private static final String KNOWN = "out, path, args";

  private final Path tool;
  private final Path folder;
  private final List<String> arguments;

  /**
   * @param name of the tool's program
   * @param line options: {@code out}, the folder of reports (.); {@code path}, the program; {@code
   *     args}, further words for it
   */
  NsightProfiler(String name, String line) throws ProfilerException {
    try {
      OptionLine options = OptionLine.parse(line, KNOWN);
      tool = find(name, options.text("path", ""));
      folder = Files.createDirectories(Path.of(options.text("out", ".")));
      arguments = Stream.of(options.text("args", "").split(" ")).filter(w -> !w.isEmpty()).toList();
    } catch (IllegalArgumentException e) {
      throw new ProfilerException("%s: %s".formatted(name, e.getMessage()));
    } catch (IOException e) {
      throw new ProfilerException("%s: the folder of reports cannot be made".formatted(name), e);
    }
  }

  private static Path find(String name, String path) {
    String folders = System.getenv().getOrDefault("PATH", "");
    Stream<Path> candidates =
        path.isEmpty()
            ? Arrays.stream(folders.split(File.pathSeparator)).map(entry -> Path.of(entry, name))
            : Stream.of(Path.of(path));
    return candidates
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no program %s; install it, or name it with path=..."
                        .formatted(path.isEmpty() ? "'" + name + "' on the PATH" : path)));
  }

  /** The tool's words that begin at the capture range and write a report to this place. */
  abstract List<String> words(Path report);

  /** The words before those that start a fork, whose report is named after the benchmark. */
  List<String> command(String benchmark) {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(words(folder.resolve(benchmark.replaceAll("[^A-Za-z0-9.]+", "-"))));
    command.addAll(arguments);
    return command;
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams benchmark) {
    return command(benchmark.id());
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams benchmark) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams benchmark) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long processId, File output, File errors) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }
}
