package org.stic.bench;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.CrossEntropy;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Reduction;
import org.stic.kernels.Softmax;

/**
 * How fast are the kernels that walk over rows or columns of a matrix: sums, softmax and
 * cross-entropy, for one long row, for many rows, and for the short rows of a batch's logits?
 */
@Smoke("shape=1x127,31x33")
public class Bench05Reductions extends KernelBenchmark {

  /** What is computed of the matrix. */
  public enum Subject {
    ROW_SUMS,
    COLUMN_SUMS,
    SOFTMAX,
    CROSS_ENTROPY,
    CROSS_ENTROPY_GRADIENT
  }

  @Param public Subject subject;

  @Form(value = "rows x columns, such as 4096x1024", pattern = "[1-9]\\d*x[1-9]\\d*")
  @Param({"1x4194304", "4096x1024", "168x11"})
  public String shape;

  private int rows;
  private int columns;
  private DeviceMemory matrix;
  private DeviceMemory targets;
  private DeviceMemory result;

  @Override
  List<KernelCall> prepare(Workbench bench) {
    int[] sizes = Pattern.compile("x").splitAsStream(shape).mapToInt(Integer::parseInt).toArray();
    rows = sizes[0];
    columns = sizes[1];
    long elements = (long) rows * columns;
    matrix = bench.normals(elements, 1);
    targets = bench.normals(elements, 2);
    result = bench.buffer(Float.BYTES * elements);
    return calls(bench);
  }

  private List<KernelCall> calls(Workbench bench) {
    long out = result.address();
    long in = matrix.address();
    return switch (subject) {
      case ROW_SUMS -> sums(bench, rows, columns, 1);
      case COLUMN_SUMS -> sums(bench, 1, rows, columns);
      case SOFTMAX -> List.of(Softmax.forward(out, in, rows, columns));
      case CROSS_ENTROPY -> List.of(CrossEntropy.loss(out, in, targets.address(), rows, columns));
      case CROSS_ENTROPY_GRADIENT -> {
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        long upstream = bench.floats(ones).address();
        yield List.of(CrossEntropy.gradient(out, upstream, in, targets.address(), rows, columns));
      }
    };
  }

  private List<KernelCall> sums(Workbench bench, int outer, int reduce, int inner) {
    long bytes = Math.max(Float.BYTES, Reduction.sumWorkspace(outer, reduce, inner));
    long workspace = bench.buffer(bytes).address();
    return Reduction.sum(result.address(), matrix.address(), workspace, outer, reduce, inner, 1);
  }

  @Benchmark
  public void reduction(Rates rates) {
    run(rates);
  }

  /** Checks the last element of the result in double precision. */
  @Override
  void verify() {
    float[] x = matrix.downloadFloats();
    float[] t = targets.downloadFloats();
    int last = rows * columns - 1;
    int row = last - columns + 1;
    double logSum = logSumExp(x, row);
    double rounding = 1e-6 * Math.sqrt(Math.max(rows, columns)) * 10;
    switch (subject) {
      case ROW_SUMS -> check(rows - 1, sum(x, row, 1, columns), rounding);
      case COLUMN_SUMS -> check(columns - 1, sum(x, columns - 1, columns, rows), rounding);
      case SOFTMAX -> check(last, Math.exp(x[last] - logSum), 1e-5);
      case CROSS_ENTROPY -> check(rows - 1, crossEntropy(x, t, row, logSum), 20 * rounding);
      case CROSS_ENTROPY_GRADIENT -> {
        double softmax = Math.exp(x[last] - logSum);
        check(last, softmax * sum(t, row, 1, columns) - t[last], 1e-4);
      }
    }
  }

  private void check(int index, double expected, double tolerance) {
    float found = result.downloadFloats()[index];
    Workbench.verify(
        subject + "'s last element", found, expected, tolerance * (1 + Math.abs(expected)));
  }

  private static double sum(float[] values, int from, int stride, int count) {
    double sum = 0;
    for (int term = 0; term < count; term++) {
      sum += values[from + term * stride];
    }
    return sum;
  }

  private double logSumExp(float[] x, int row) {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      sum += Math.exp(x[row + column]);
    }
    return Math.log(sum);
  }

  private double crossEntropy(float[] x, float[] t, int row, double logSum) {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      sum += t[row + column] * (logSum - x[row + column]);
    }
    return sum;
  }
}
