package org.stic.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.KernelCall;

/** How fast are a convolution and its two backward passes? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class Bench07Convolution {
  /** Which of the three products is measured. */
  public enum Pass {
    FORWARD,
    BACKWARD_DATA,
    BACKWARD_FILTER
  }

  /**
   * images x channels x height x width / filters x filter size / stride / padding. The last four
   * are the recipe's.
   */
  @Param({
    "32x64x32x32/64x3/s1/p1",
    "75x1x28x28/16x4/s2/p1",
    "75x16x14x14/32x4/s2/p1",
    "75x32x7x7/64x3/s1/p1",
    "75x64x7x7/64x4/s2/p1"
  })
  public String shape;

  @Param public Pass pass;

  private Workbench workbench;
  private DeviceMemory input;
  private DeviceMemory output;
  private DeviceMemory filter;

  /** Prepares the pass; all three buffers hold values, the result replaces one of them. */
  @Setup
  public void open() {
    workbench = new Workbench();
    ConvolutionShape parsed = parse(shape);
    input = workbench.normals(parsed.inputElements(), 1);
    filter = workbench.normals(parsed.filterElements(), 2);
    output = workbench.normals(parsed.outputElements(), 3);
    workbench.measure(calls(parsed));
  }

  @Benchmark
  public void convolution(Rates rates) {
    workbench.run(rates);
  }

  /** Checks the last element of the result. */
  @TearDown
  public void verify() {
    ConvolutionShape parsed = parse(shape);
    ConvolutionReference reference =
        new ConvolutionReference(
            parsed, input.downloadFloats(), filter.downloadFloats(), output.downloadFloats());
    double expected = reference.lastElement(pass);
    float[] result = result().downloadFloats();
    Workbench.verify(pass + "'s last element", result[result.length - 1], expected, 1e-2);
    workbench.close();
  }

  private List<KernelCall> calls(ConvolutionShape parsed) {
    long x = input.address();
    long w = filter.address();
    long y = output.address();
    return switch (pass) {
      case FORWARD -> List.of(Convolution.forward(y, x, w, 0, parsed));
      case BACKWARD_DATA -> List.of(Convolution.backwardData(x, y, w, parsed));
      case BACKWARD_FILTER -> {
        long bytes = Math.max(4, Convolution.backwardFilterWorkspace(parsed));
        yield Convolution.backwardFilter(w, y, x, workbench.buffer(bytes).address(), parsed);
      }
    };
  }

  private DeviceMemory result() {
    return switch (pass) {
      case FORWARD -> output;
      case BACKWARD_DATA -> input;
      case BACKWARD_FILTER -> filter;
    };
  }

  static ConvolutionShape parse(String text) {
    int[] sizes =
        Pattern.compile("[^0-9]+").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    return new ConvolutionShape(
        sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[5], sizes[6], sizes[7]);
  }
}
