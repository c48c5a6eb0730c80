package org.stic.bench;

import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.MathMode;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.KernelCall;

/**
 * How fast are a convolution and its two backward passes? The shapes are those of a wide residual
 * network of multiples of 160 channels, those of powers of two, and the recipe's.
 */
@Smoke({"images=3", "shape=5x7x9/6x3/s2/p1", "math=FP32,TF32,BF16,TF32X3"})
public class Bench07Convolution extends KernelBenchmark {
  /** Which of the three products is measured. */
  public enum Pass {
    FORWARD,
    BACKWARD_DATA,
    BACKWARD_FILTER
  }

  /** The first five are a wide residual network's, the next four powers of two. */
  @Form(
      value =
          "channels x height x width / filters x side / stride / padding, as 64x32x32/64x3/s1/p1",
      pattern = "([1-9]\\d*x){2}[1-9]\\d*/[1-9]\\d*x[1-9]\\d*/s[1-9]\\d*/p\\d+")
  @Param({
    "16x32x32/160x3/s1/p1",
    "160x32x32/160x3/s1/p1",
    "320x16x16/320x3/s1/p1",
    "640x8x8/640x3/s1/p1",
    "160x32x32/320x1/s2/p0",
    "64x128x128/64x3/s1/p1",
    "128x64x64/128x3/s1/p1",
    "256x32x32/256x3/s1/p1",
    "512x16x16/512x3/s1/p1",
    "1x28x28/16x4/s2/p1",
    "16x14x14/32x4/s2/p1",
    "32x7x7/64x3/s1/p1",
    "64x7x7/64x4/s2/p1"
  })
  public String shape;

  @Param("8")
  public int images;

  @Param public Pass pass;

  /** The arithmetic of the products; where no kernel has it, the one that serves is told. */
  @Param("FP32")
  public MathMode math;

  private DeviceMemory input;
  private DeviceMemory output;
  private DeviceMemory filter;

  /** All three buffers hold values; the result replaces one of them. */
  @Override
  List<KernelCall> prepare(Workbench bench) {
    ConvolutionShape sizes = sizes();
    input = bench.normals(sizes.inputElements(), 1);
    filter = bench.normals(sizes.filterElements(), 2);
    output = bench.normals(sizes.outputElements(), 3);
    return calls(bench, sizes);
  }

  @Override
  MathMode math() {
    return math;
  }

  @Benchmark
  public void convolution(Rates rates) {
    run(rates);
  }

  /** Checks the last element of the result. */
  @Override
  void verify() {
    ConvolutionReference reference =
        new ConvolutionReference(
            sizes(), input.downloadFloats(), filter.downloadFloats(), output.downloadFloats());
    double expected = reference.lastElement(pass);
    float[] result = result().downloadFloats();
    Workbench.verify(pass + "'s last element", result[result.length - 1], expected, rounding());
  }

  /** The filter gradient sums over all pixels, the others over filters. */
  private double rounding() {
    ConvolutionShape sizes = sizes();
    long pixels = sizes.outputElements() / sizes.filters();
    long taps = sizes.filterElements() / Math.min(sizes.filters(), sizes.channels());
    return Workbench.rounding(math, Math.max(pixels, taps));
  }

  private ConvolutionShape sizes() {
    return parse(images + "x" + shape);
  }

  private List<KernelCall> calls(Workbench bench, ConvolutionShape sizes) {
    long x = input.address();
    long w = filter.address();
    long y = output.address();
    return switch (pass) {
      case FORWARD -> List.of(Convolution.forward(y, x, w, 0, sizes));
      case BACKWARD_DATA -> List.of(Convolution.backwardData(x, y, w, sizes));
      case BACKWARD_FILTER -> {
        long bytes = Math.max(4, Convolution.backwardFilterWorkspace(sizes));
        yield Convolution.backwardFilter(w, y, x, bench.buffer(bytes).address(), sizes);
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

  /** Reads {@code images x channels x height x width / filters x side / stride / padding}. */
  static ConvolutionShape parse(String text) {
    int[] sizes =
        Pattern.compile("[^0-9]+").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    return new ConvolutionShape(
        sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[5], sizes[6], sizes[7]);
  }
}
