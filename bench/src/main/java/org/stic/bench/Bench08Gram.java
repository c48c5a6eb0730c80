package org.stic.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Gram;

/** How fast are the Gram matrices of a batch of feature maps? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class Bench08Gram {
  @Param({"64", "128"})
  public int channels;

  @Param({"49", "1024"})
  public int positions;

  @Param("32")
  public int batch;

  private Workbench workbench;
  private DeviceMemory gram;
  private double expected;

  /** Prepares G = F F^T / positions for every item of the batch. */
  @Setup
  public void open() {
    workbench = new Workbench();
    DeviceMemory features = workbench.normals((long) batch * channels * positions, 1);
    gram = workbench.buffer((long) Float.BYTES * batch * channels * channels);
    float scale = 1f / positions;
    workbench.measure(
        List.of(
            Gram.matrix(gram.address(), features.address(), batch, channels, positions, scale)));
    expected = lastSquare(features.downloadFloats());
  }

  @Benchmark
  public void matrix(Rates rates) {
    workbench.run(rates);
  }

  /** Checks the last element, the mean square of the last channel. */
  @TearDown
  public void verify() {
    float[] values = gram.downloadFloats();
    Workbench.verify("G's last element", values[values.length - 1], expected, 1e-4);
    workbench.close();
  }

  private double lastSquare(float[] features) {
    double sum = 0;
    for (int i = features.length - positions; i < features.length; i++) {
      sum += (double) features[i] * features[i];
    }
    return sum / positions;
  }
}
