package org.stic.bench.profile;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * {@code -prof org.stic.bench.profile.NsightComputeProfiler:out=reports}: each kernel of the
 * measured iterations in Nsight Compute. Ask for few and short iterations; every kernel is run many
 * times. The clocks stay as they are, since the machine may be somebody else's.
 */
public final class NsightComputeProfiler extends NsightProfiler {
  public NsightComputeProfiler() throws ProfilerException {
    this("");
  }

  public NsightComputeProfiler(String line) throws ProfilerException {
    super("ncu", line);
  }

  @Override
  public String getDescription() {
    return "NVIDIA Nsight Compute (ncu) on the measured iterations";
  }

  @Override
  List<String> words(Path report) {
    return List.of(
        "--profile-from-start",
        "off",
        "--clock-control",
        "none",
        "--graph-profiling",
        "node",
        "--force-overwrite",
        "--export",
        report.toString());
  }
}
