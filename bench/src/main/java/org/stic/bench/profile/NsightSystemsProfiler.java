package org.stic.bench.profile;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * {@code -prof org.stic.bench.profile.NsightSystemsProfiler:out=reports}: the time line of the
 * measured iterations in Nsight Systems, graphs kernel by kernel. With STIC_NVTX=1 in the
 * environment kernels are launched one by one under the names of their graph nodes.
 */
public final class NsightSystemsProfiler extends NsightProfiler {
  public NsightSystemsProfiler() throws ProfilerException {
    this("");
  }

  public NsightSystemsProfiler(String line) throws ProfilerException {
    super("nsys", line);
  }

  @Override
  public String getDescription() {
    return "NVIDIA Nsight Systems (nsys) on the measured iterations";
  }

  @Override
  List<String> words(Path report) {
    return List.of(
        "profile",
        "--capture-range=cudaProfilerApi",
        "--capture-range-end=stop",
        "--trace=cuda,nvtx",
        "--cuda-graph-trace=node",
        "--force-overwrite=true",
        "--output=" + report);
  }
}
