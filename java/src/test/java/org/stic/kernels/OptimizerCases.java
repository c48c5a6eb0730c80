package org.stic.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The gradient's norm and three steps of each optimizer in double precision. */
final class OptimizerCases {
  private static final float[] HYPER = {0.01f, 0.9f, 0.999f, 1e-8f, 0.5f, 0.02f, 0, 0};
  private static final int STEPS = 3;

  private OptimizerCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(1, 33, 8193, 40001)
        .flatMap(
            n ->
                Stream.of(
                    norm("squares_partial", n), norm("squares_finish", n), adam(n), momentum(n)));
  }

  private static KernelCase norm(String kernel, int n) {
    return new KernelCase(
        kernel,
        "n " + n,
        rig -> {
          TestBuffer gradients = rig.uniform(n, -1, 1);
          TestBuffer norm = rig.poisoned(1);
          TestBuffer workspace = rig.poisoned(Optimizer.gradientNormWorkspace(n) / Float.BYTES);
          rig.run(
              Optimizer.gradientNorm(norm.address(), gradients.address(), n, workspace.address()));
          Expect.near(
              new double[] {norm(gradients.floats())},
              norm.floats(),
              KernelCatalog.entry(kernel).tolerance(n));
        });
  }

  private static KernelCase adam(int n) {
    return new KernelCase(
        "adam",
        "n " + n,
        rig -> {
          TestBuffer parameters = rig.uniform(n, -1, 1);
          TestBuffer mean = rig.floats(new float[n]);
          TestBuffer variance = rig.floats(new float[n]);
          TestBuffer gradients = rig.uniform(n, -1, 1);
          TestBuffer norm = rig.floats((float) norm(gradients.floats()));
          TestBuffer counter = rig.integers(0);
          KernelCall step =
              Optimizer.adam(
                  parameters.address(),
                  mean.address(),
                  variance.address(),
                  gradients.address(),
                  norm.address(),
                  rig.floats(HYPER).address(),
                  counter.address(),
                  n);
          double[] expected = adam(parameters.floats(), gradients.floats());
          rig.run(steps(step, Counter.increment(counter.address())));
          compare(expected, parameters, "adam");
        });
  }

  private static KernelCase momentum(int n) {
    return new KernelCase(
        "momentum",
        "n " + n,
        rig -> {
          TestBuffer parameters = rig.uniform(n, -1, 1);
          TestBuffer velocity = rig.floats(new float[n]);
          TestBuffer gradients = rig.uniform(n, -1, 1);
          TestBuffer norm = rig.floats((float) norm(gradients.floats()));
          KernelCall step =
              Optimizer.momentum(
                  parameters.address(),
                  velocity.address(),
                  gradients.address(),
                  norm.address(),
                  rig.floats(HYPER).address(),
                  n);
          double[] expected = momentum(parameters.floats(), gradients.floats());
          rig.run(steps(step));
          compare(expected, parameters, "momentum");
        });
  }

  private static List<KernelCall> steps(KernelCall... calls) {
    List<KernelCall> all = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      all.addAll(List.of(calls));
    }
    return all;
  }

  /** Parameters are of size 1, and so is what their errors are measured by. */
  private static void compare(double[] expected, TestBuffer parameters, String kernel) {
    double[] magnitude = new double[expected.length];
    Arrays.fill(magnitude, 1);
    Expect.near(expected, magnitude, parameters.floats(), KernelCatalog.entry(kernel).tolerance(1));
  }

  private static double[] adam(float[] start, float[] gradients) {
    double clip = Math.min(1, HYPER[4] / norm(gradients));
    double[] p = new double[start.length];
    for (int i = 0; i < p.length; i++) {
      double m = 0;
      double v = 0;
      p[i] = start[i];
      for (int t = 1; t <= STEPS; t++) {
        double g = clip * gradients[i];
        m = HYPER[1] * m + (1 - HYPER[1]) * g;
        v = HYPER[2] * v + (1 - HYPER[2]) * g * g;
        double unbiasedMean = m / (1 - Math.pow(HYPER[1], t));
        double unbiasedVariance = v / (1 - Math.pow(HYPER[2], t));
        p[i] -=
            HYPER[0] * (unbiasedMean / (Math.sqrt(unbiasedVariance) + HYPER[3]) + HYPER[5] * p[i]);
      }
    }
    return p;
  }

  private static double[] momentum(float[] start, float[] gradients) {
    double clip = Math.min(1, HYPER[4] / norm(gradients));
    double[] p = new double[start.length];
    for (int i = 0; i < p.length; i++) {
      double velocity = 0;
      p[i] = start[i];
      for (int t = 0; t < STEPS; t++) {
        velocity = HYPER[1] * velocity + clip * gradients[i] + HYPER[5] * p[i];
        p[i] -= HYPER[0] * velocity;
      }
    }
    return p;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
