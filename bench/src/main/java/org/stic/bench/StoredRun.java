package org.stic.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.stic.bench.profile.MachineWatch;
import org.stic.bench.result.Ceiling;
import org.stic.bench.result.Ceilings;
import org.stic.bench.result.DeviceIdentity;
import org.stic.bench.result.JmhRows;
import org.stic.bench.result.MachineCondition;
import org.stic.bench.result.RunRecorder;
import org.stic.cuda.Device;

/** A run of the suite that is kept: with the machine's state, and the ceilings of the same run. */
final class StoredRun {
  private static final String NAME = "suite";

  private final List<String> words;
  private final DeviceIdentity device;
  private final List<Ceiling> ceilings;
  private final RunRecorder recorder;

  /** Looks at the machine and measures what it can do at most. */
  private StoredRun(List<String> words) {
    this.words = words;
    try (Device opened = Workbench.openDevice()) {
      this.device = DeviceIdentity.of(opened);
      this.recorder = RunRecorder.begin(NAME, command(), glance(opened));
      this.ceilings = Ceilings.measure(opened);
    }
  }

  /**
   * Runs what JMH's words choose and writes the file.
   *
   * @return the results, fewer than were chosen where benchmarks failed
   */
  static Collection<RunResult> of(Selection selection, List<String> words, Path out)
      throws RunnerException, IOException {
    StoredRun run = new StoredRun(words);
    Collection<RunResult> results = SuiteRun.of(selection);
    run.write(results, out);
    return results;
  }

  private void write(Collection<RunResult> results, Path out) throws IOException {
    try (Device opened = Workbench.openDevice()) {
      recorder.finish(device, glance(opened), ceilings, JmhRows.of(results)).write(out);
    }
  }

  private String command() {
    return "stic bench " + String.join(" ", words);
  }

  private static MachineCondition glance(Device device) {
    try {
      return MachineWatch.glance(device);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking at the machine", e);
    }
  }
}
