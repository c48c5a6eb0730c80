package org.stic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

class DropoutTest {
  private static final int COUNT = 100_000;
  private static final long SEED = 7;

  @Test
  void leavesOutItsShareAndKeepsTheMean() {
    float rate = .3f;
    float[] left = run(rate, 0).value();
    long zeros = countZeros(left);
    double deviation = Math.sqrt(COUNT * rate * (1 - rate));
    assertTrue(Math.abs(zeros - COUNT * rate) < 4 * deviation, "left out " + zeros);
    for (float value : left) {
      assertTrue(
          value == 0 || Math.abs(value - 2 / .7f) < 1e-5f, "neither out nor scaled " + value);
    }
  }

  @Test
  void gradientPassesWhereTheNumberWasKept() {
    Result result = run(.5f, 3);
    for (int index = 0; index < COUNT; index++) {
      assertEquals(result.value()[index] / 2, result.gradient()[index], 1e-6f);
    }
  }

  @Test
  void stepsLeaveOutDifferentNumbers() {
    float[] one = run(.5f, 0).value();
    assertTrue(Arrays.equals(one, run(.5f, 0).value()));
    float[] other = run(.5f, 1).value();
    int equal = 0;
    for (int index = 0; index < COUNT; index++) {
      equal += one[index] == other[index] ? 1 : 0;
    }
    assertTrue(Math.abs(equal - COUNT / 2.) < 4 * Math.sqrt(COUNT / 4.), "equal " + equal);
  }

  @Test
  void refusesToLeaveOutEverything() {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(Float.NaN));
  }

  private static long countZeros(float[] values) {
    long zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Result(float[] value, float[] gradient) {}

  /** Dropout of twos, and its gradient. */
  private static Result run(float rate, int step) {
    try (Device device = TestDevice.open();
        Variable counter = Variable.allocateCounters(device, "step", Shape.of(1))) {
      counter.upload(step);
      Graph graph = new Graph();
      Tensor twos = graph.input("x", Shape.of(COUNT));
      Tensor uniform = Ops.uniform(graph.read(counter), SEED, 1, twos.shape());
      Tensor left = new Dropout(rate).apply(twos, uniform);
      graph.output("value", left);
      graph.output("gradient", Gradients.of(left, List.of(twos)).getFirst());
      float[] input = new float[COUNT];
      Arrays.fill(input, 2);
      try (Program program = Program.compile(device, graph)) {
        program.set("x", input);
        program.run();
        return new Result(program.get("value"), program.get("gradient"));
      }
    }
  }
}
