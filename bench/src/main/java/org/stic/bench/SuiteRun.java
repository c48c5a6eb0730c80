package org.stic.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.profile.ProfilerFactory;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.ProfilerConfig;
import org.stic.bench.profile.ProfilerNames;

/** One run of the suite: what is asked for is checked first, then JMH runs it. */
final class SuiteRun {
  private static final List<String> LISTS = List.of("-l", "-lp", "-lprof", "-lrf");

  private SuiteRun() {}

  /** Whether the words ask JMH for a list and not for a run. */
  static boolean isListing(List<String> words) {
    return words.stream().anyMatch(LISTS::contains);
  }

  /**
   * Runs what JMH's words choose.
   *
   * @return the results, fewer than were chosen where benchmarks failed
   */
  static Collection<RunResult> of(Selection selection) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().parent(selection.options());
    String device = System.getProperty("stic.device");
    if (device != null) {
      options.jvmArgsAppend(withDevice(selection, device));
    }
    return new Runner(options.build()).run();
  }

  private static String[] withDevice(Selection selection, String device) {
    Collection<String> given = selection.options().getJvmArgsAppend().orElse(List.of());
    return Stream.concat(given.stream(), Stream.of("-Dstic.device=" + device))
        .toArray(String[]::new);
  }

  /**
   * Requires profilers that can be had; JMH would only say that they failed.
   *
   * @throws WrongUseException naming the profiler
   */
  static void requireProfilers(Selection selection) {
    for (ProfilerConfig profiler : selection.options().getProfilers()) {
      try {
        ProfilerFactory.getProfilerOrException(profiler);
      } catch (ProfilerException e) {
        throw new WrongUseException(
            e.getCause() instanceof ClassNotFoundException
                ? "no profiler is called '%s'; 'stic bench -lprof' lists them, and there are %s"
                    .formatted(profiler.getKlass(), ProfilerNames.all())
                : "-prof " + e.getMessage());
      }
    }
  }

  /**
   * Requires a file that can be written, or be made with its folder.
   *
   * @throws WrongUseException naming the option
   */
  static void requireWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new WrongUseException("%s %s is a folder; name a file in it".formatted(option, file));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new WrongUseException(
          "%s %s: its folder cannot be made (%s); name a place that can be written"
              .formatted(option, file, e.getClass().getSimpleName()));
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new WrongUseException(
          "%s %s cannot be written; name a place that can".formatted(option, file));
    }
  }
}
