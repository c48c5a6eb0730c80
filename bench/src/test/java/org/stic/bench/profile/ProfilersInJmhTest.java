package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.stic.bench.result.Flag;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;
import org.stic.bench.result.RowResult;

/** The profilers in a fork of JMH, which a stand-in for NVIDIA's tool starts. */
class ProfilersInJmhTest {
  private static final double KNOWN = 1e-9 * SpinBenchmark.NANOSECONDS;

  @TempDir Path folder;

  /** Writes its words down and becomes the program that stands behind its own options. */
  private Path tool() throws IOException {
    Path tool =
        Files.createFile(
            folder.resolve("ncu"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        tool,
        """
        #!/bin/sh
        echo "$@" > %s
        until [ "${1##*/}" = java ]; do shift; done
        exec "$@"
        """
            .formatted(folder.resolve("words")));
    return tool;
  }

  private RunResult run() throws IOException, RunnerException {
    Options options =
        new OptionsBuilder()
            .include(SpinBenchmark.class.getName())
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(50))
            .measurementIterations(2)
            .measurementTime(TimeValue.milliseconds(50))
            .addProfiler(DeviceTimeProfiler.class, "samples=10;seconds=0.1;max=2;flush=1M;copy=8")
            .addProfiler(NsightComputeProfiler.class, "path=%s;out=%s".formatted(tool(), folder))
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).run().iterator().next();
  }

  @Test
  void deviceTimesEnterTheResultWithAllSamples() throws IOException, RunnerException {
    RunResult run = run();
    assertEquals(
        Set.of(
            "device.cold",
            "device.cold: gigabytes",
            "device.cold: of copy",
            "device.hot",
            "device.hot: gigabytes",
            "device.hot: of copy"),
        run.getAggregatedResult().getSecondaryResults().keySet());
    List<Row> rows =
        run.getAggregatedResult().getSecondaryResults().values().stream()
            .flatMap(result -> ((RowResult) result).rows("Spin.spin", Map.of()).stream())
            .toList();
    assertEquals(
        Set.of(RowKind.DEVICE_COLD, RowKind.DEVICE_HOT),
        rows.stream().map(Row::kind).collect(Collectors.toSet()));
    for (Row row : rows) {
      assertEquals("Spin.spin", row.benchmark());
      assertTrue(row.samples().size() >= 10, row.toString());
      // Other programs can only make it longer; unless they did, it is the known duration.
      double least = row.distribution().minimum();
      assertTrue(least >= KNOWN, row.toString());
      assertTrue(least <= 1.01 * KNOWN || row.flags().contains(Flag.LOADED), row.toString());
    }
    assertEquals(2, rows.size(), "rates follow from times and are not stored");
    // Both measured iterations are there, but only the last has the rate.
    double bytes = Integer.BYTES;
    Row cold =
        rows.stream().filter(row -> row.kind() == RowKind.DEVICE_COLD).findFirst().orElseThrow();
    assertEquals(
        1e-9 * bytes / cold.distribution().median(),
        run.getAggregatedResult().getSecondaryResults().get("device.cold: gigabytes").getScore(),
        1e-9);
    String words = Files.readString(folder.resolve("words"));
    assertTrue(words.startsWith("--profile-from-start off "), words);
    assertTrue(words.contains(folder + "/org.stic.bench.profile.SpinBenchmark.spin"), words);
  }
}
