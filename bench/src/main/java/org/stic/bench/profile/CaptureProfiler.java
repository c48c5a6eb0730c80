package org.stic.bench.profile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;
import org.stic.cuda.CaptureRange;

/**
 * Marks the measured iterations of each fork as the range that a profiling tool is to capture:
 * {@code -prof org.stic.bench.profile.CaptureProfiler} where the tool was started by hand. Warm-up
 * is outside, and without any there is no device yet when the range should begin.
 */
public class CaptureProfiler implements InternalProfiler {
  private Optional<CaptureRange> range = Optional.empty();
  private int measured;

  @Override
  public String getDescription() {
    return "Capture range of profiling tools: cuProfilerStart and cuProfilerStop around"
        + " measurement";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (iteration.getType() == IterationType.MEASUREMENT && measured++ == 0) {
      range = CaptureRange.begin();
      if (range.isEmpty()) {
        System.out.println(
            "CaptureProfiler: no device is open before the first measured iteration, and nothing is"
                + " captured; ask for a warm-up iteration with -wi 1");
      }
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (iteration.getType() == IterationType.MEASUREMENT && measured == iteration.getCount()) {
      range.ifPresent(CaptureRange::close);
      range = Optional.empty();
      measured = 0;
    }
    return List.of();
  }
}
