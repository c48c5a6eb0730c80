package org.stic.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.MathMode;
import org.stic.kernels.Gram;
import org.stic.kernels.GramLoss;
import org.stic.kernels.KernelCall;

/**
 * How fast are the Gram matrices of a batch of feature maps, their gradient, and both with the
 * squared distance from a target between them, as a guided chain needs them?
 */
@Smoke({"map=5x9", "batch=3", "math=FP32,TF32,BF16,TF32X3"})
public class Bench08Gram extends KernelBenchmark {

  /** What is computed of the maps F. */
  public enum Subject {
    /** G = F F^T / positions. */
    VALUE,
    /** dF = (D + D^T) F / positions for a given D. */
    GRADIENT,
    /** G, |G - T|^2, D = 2 (G - T), and dF. */
    LOSS_AND_GRADIENT
  }

  @Param public Subject subject;

  /** The first two are the recipe's; the others are wide residual networks' and powers of two. */
  @Form(value = "channels x positions, such as 160x1024", pattern = "[1-9]\\d*x[1-9]\\d*")
  @Param({"16x196", "32x49", "160x1024", "320x256", "640x64", "64x16384", "128x4096", "512x256"})
  public String map;

  @Param("8")
  public int batch;

  /** The arithmetic of the products; where no kernel has it, the one that serves is told. */
  @Param("FP32")
  public MathMode math;

  private int channels;
  private int positions;
  private DeviceMemory features;
  private DeviceMemory gram;
  private DeviceMemory target;
  private DeviceMemory gramGradient;
  private DeviceMemory gradient;

  @Override
  List<KernelCall> prepare(Workbench bench) {
    int[] sizes = Pattern.compile("x").splitAsStream(map).mapToInt(Integer::parseInt).toArray();
    channels = sizes[0];
    positions = sizes[1];
    long squares = (long) batch * channels * channels;
    features = bench.normals((long) batch * channels * positions, 1);
    target = bench.normals(squares, 2);
    gramGradient = bench.normals(squares, 3);
    gram = bench.buffer(Float.BYTES * squares);
    gradient = bench.buffer(features.bytes());
    return switch (subject) {
      case VALUE -> List.of(value());
      case GRADIENT -> List.of(gradient());
      case LOSS_AND_GRADIENT -> lossAndGradient(bench);
    };
  }

  private KernelCall value() {
    return Gram.matrix(
        gram.address(), features.address(), batch, channels, positions, 1f / positions);
  }

  private KernelCall gradient() {
    return Gram.gradient(
        gradient.address(),
        gramGradient.address(),
        features.address(),
        batch,
        channels,
        positions,
        1f / positions);
  }

  private List<KernelCall> lossAndGradient(Workbench bench) {
    float[] ones = new float[batch];
    Arrays.fill(ones, 1);
    long upstream = bench.floats(ones).address();
    long loss = bench.buffer((long) Float.BYTES * batch).address();
    int elements = channels * channels;
    List<KernelCall> calls = new ArrayList<>();
    calls.add(value());
    calls.add(GramLoss.loss(loss, gram.address(), target.address(), batch, elements));
    calls.add(
        GramLoss.gradient(
            gramGradient.address(), upstream, gram.address(), target.address(), batch, elements));
    calls.add(gradient());
    return calls;
  }

  @Override
  MathMode math() {
    return math;
  }

  @Benchmark
  public void gram(Rates rates) {
    run(rates);
  }

  /** Checks the last element of the last result in double precision. */
  @Override
  void verify() {
    float[] f = features.downloadFloats();
    if (subject == Subject.VALUE) {
      float[] values = gram.downloadFloats();
      double expected = product(f, channels - 1, channels - 1);
      double tolerance = Workbench.rounding(math, positions) / positions;
      Workbench.verify("G's last element", values[values.length - 1], expected, tolerance);
    } else {
      float[] values = gradient.downloadFloats();
      double expected = lastGradient(f);
      double tolerance = 4 * Workbench.rounding(math, channels) * (1 + Math.abs(expected));
      Workbench.verify("dF's last element", values[values.length - 1], expected, tolerance);
    }
  }

  /** The last row of D + D^T times the last column of F. */
  private double lastGradient(float[] f) {
    float[] d = gramGradient.downloadFloats();
    float[] t = target.downloadFloats();
    int square = d.length - channels * channels;
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      int inRow = square + (channels - 1) * channels + channel;
      int inColumn = square + channel * channels + channels - 1;
      double both =
          subject == Subject.GRADIENT
              ? (double) d[inRow] + d[inColumn]
              : 4 * product(f, channels - 1, channel) - 2.0 * t[inRow] - 2.0 * t[inColumn];
      sum += both * f[f.length - 1 - (channels - 1 - channel) * positions];
    }
    return sum / positions;
  }

  /** An element of the last image's Gram matrix. */
  private double product(float[] f, int row, int column) {
    int map = f.length - channels * positions;
    double sum = 0;
    for (int position = 0; position < positions; position++) {
      sum += (double) f[map + row * positions + position] * f[map + column * positions + position];
    }
    return sum / positions;
  }
}
