package org.stic.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stic.bench.profile.MachineWatch;
import org.stic.bench.result.Ceiling;
import org.stic.bench.result.Ceilings;
import org.stic.bench.result.DeviceIdentity;
import org.stic.bench.result.MachineCondition;
import org.stic.bench.result.Row;
import org.stic.bench.result.RunRecorder;
import org.stic.cuda.Device;

/** A run that is kept: with the machine's state, and the ceilings of the same run. */
public final class StoredRun {
  private final Path out;
  private final DeviceIdentity identity;
  private final RunRecorder recorder;
  private final List<Ceiling> ceilings;

  /**
   * Looks at the machine and measures what it can do at most.
   *
   * @param name of the kind of run, a word
   * @param command that makes such a file again
   * @param out the file
   */
  StoredRun(String name, String command, Path out, Device device) {
    this.out = out;
    identity = DeviceIdentity.of(device);
    recorder = RunRecorder.begin(name, command, glance(device));
    ceilings = Ceilings.measure(device);
  }

  /** Looks at the machine once more and writes the file. */
  public void finish(Device device, List<Row> rows) throws IOException {
    recorder.finish(identity, glance(device), ceilings, rows).write(out);
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
