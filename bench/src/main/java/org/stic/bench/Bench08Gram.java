package org.stic.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.MathMode;
import org.stic.kernels.Gram;
import org.stic.kernels.GramDistance;
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
    /** G, |G - T|^2, D = 2 (G - T), and dF, by a kernel each. */
    DISTANCE_BY_MATRICES,
    /** |G - T|^2 and dF without G: what chains use. */
    DISTANCE
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
    target = bench.floats(symmetric());
    gramGradient = bench.normals(squares, 3);
    gram = bench.buffer(Float.BYTES * squares);
    gradient = bench.buffer(features.bytes());
    return switch (subject) {
      case VALUE -> List.of(value());
      case GRADIENT -> List.of(gradient());
      case DISTANCE_BY_MATRICES -> distanceByMatrices(bench);
      case DISTANCE -> distance(bench);
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

  private List<KernelCall> distanceByMatrices(Workbench bench) {
    long loss = bench.buffer((long) Float.BYTES * batch).address();
    int elements = channels * channels;
    return List.of(
        value(),
        GramLoss.loss(loss, gram.address(), target.address(), batch, elements),
        GramLoss.gradient(
            gramGradient.address(),
            upstream(bench),
            gram.address(),
            target.address(),
            batch,
            elements),
        gradient());
  }

  private List<KernelCall> distance(Workbench bench) {
    long half =
        bench.buffer((long) Float.BYTES * batch * GramDistance.halfElements(channels)).address();
    long workspace =
        bench.buffer(Math.max(Float.BYTES, GramDistance.workspace(batch, channels))).address();
    List<KernelCall> calls =
        new ArrayList<>(
            GramDistance.value(
                bench.buffer((long) Float.BYTES * batch).address(),
                half,
                features.address(),
                target.address(),
                workspace,
                batch,
                channels,
                positions,
                1f / positions));
    calls.add(
        GramDistance.gradient(
            gradient.address(),
            upstream(bench),
            half,
            features.address(),
            batch,
            channels,
            positions,
            1f / positions));
    return calls;
  }

  /** The gradient of the sum of all distances. */
  private long upstream(Workbench bench) {
    float[] ones = new float[batch];
    Arrays.fill(ones, 1);
    return bench.floats(ones).address();
  }

  /** Symmetric targets, one for each item of the batch. */
  private float[] symmetric() {
    float[] targets = new float[batch * channels * channels];
    Random random = new Random(2);
    for (int first = 0; first < targets.length; first += channels * channels) {
      for (int row = 0; row < channels; row++) {
        for (int column = 0; column <= row; column++) {
          float value = (float) random.nextGaussian();
          targets[first + row * channels + column] = value;
          targets[first + column * channels + row] = value;
        }
      }
    }
    return targets;
  }

  @Override
  MathMode math() {
    return math;
  }

  @Benchmark
  public void gram(Rates rates) {
    run(rates);
  }

  /** Checks the last element of the last result. */
  @Override
  void verify() {
    float[] found = (subject == Subject.VALUE ? gram : gradient).downloadFloats();
    GramReference reference = new GramReference(channels, positions, features.downloadFloats());
    double expected =
        switch (subject) {
          case VALUE -> reference.lastValue();
          case GRADIENT -> reference.lastGradient(gramGradient.downloadFloats());
          case DISTANCE_BY_MATRICES, DISTANCE ->
              reference.lastDistanceGradient(target.downloadFloats());
        };
    double tolerance =
        subject == Subject.VALUE
            ? 1e-4 + Workbench.rounding(math, positions) / positions
            : 4 * Workbench.rounding(math, channels) * (1 + Math.abs(expected));
    Workbench.verify("the last element", found[found.length - 1], expected, tolerance);
  }
}
