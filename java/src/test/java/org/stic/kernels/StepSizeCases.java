package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.Stream;

/** Step-size adaptation, its end, and the step counter. */
final class StepSizeCases {

  private StepSizeCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(adapt(1, 0), adapt(33, 12), adapt(1025, 99), frozen(), increment());
  }

  private static KernelCase adapt(int chains, int t) {
    return new KernelCase(
        "adapt_step_size",
        chains + " chains, step " + t,
        rig -> {
          TestBuffer step = rig.floats(0.02f);
          TestBuffer acceptance = rig.uniform(chains, 0, 1);
          rig.run(
              StepSize.adapt(
                  step.address(),
                  acceptance.address(),
                  rig.integers(t).address(),
                  chains,
                  0.574f,
                  0.3f,
                  100));
          double mean = 0;
          for (float a : acceptance.floats()) {
            mean += (double) a / chains;
          }
          double expected =
              (double) 0.02f * Math.exp(Math.pow(1 + t, -(double) 0.3f) * (mean - (double) 0.574f));
          Expect.near(
              new double[] {expected},
              step.floats(),
              KernelCatalog.entry("adapt_step_size").tolerance(1));
        });
  }

  private static KernelCase frozen() {
    return new KernelCase(
        "adapt_step_size",
        "frozen",
        rig -> {
          TestBuffer step = rig.floats(0.02f);
          TestBuffer acceptance = rig.floats(1);
          rig.run(
              StepSize.adapt(
                  step.address(),
                  acceptance.address(),
                  rig.integers(100).address(),
                  1,
                  0.5f,
                  0.3f,
                  100));
          Expect.same(new float[] {0.02f}, step.floats());
        });
  }

  private static KernelCase increment() {
    return new KernelCase(
        "increment_counter",
        "wraps as an unsigned int",
        rig -> {
          TestBuffer counter = rig.integers(-2);
          KernelCall call = Counter.increment(counter.address());
          rig.run(List.of(call, call, call));
          assertArrayEquals(new int[] {1}, counter.bits());
        });
  }
}
