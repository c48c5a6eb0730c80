package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;

/**
 * Values, first and second gradients of every operation on the device against the host's oracle.
 */
class DeviceGradientTest {

  /** Rounding of sums of some hundred terms, relative to the largest element of a result. */
  private static final double TOLERANCE = 2e-5;

  /** Operands are of order 1, so terms that cancel to nothing leave the rounding of such terms. */
  private static final double LEAST_SCALE = 0.01;

  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  static List<GradientCase> rows() {
    return GradientTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void kernelsComputeWhatTheOperationDefines(GradientCase row) {
    Differentiated graph = new Differentiated(row, TestSeed.value());
    Map<String, Tensor> outputs = outputs(graph);
    outputs.forEach(graph.graph::output);
    ReferenceExecutor reference = new ReferenceExecutor(graph.inputs());
    try (Program program = Program.compile(device, graph.graph)) {
      graph.inputs().forEach((name, values) -> program.set(name, floats(values)));
      program.run();
      outputs.forEach(
          (name, tensor) -> requireClose(name, reference.value(tensor), program.get(name)));
    }
  }

  private static Map<String, Tensor> outputs(Differentiated graph) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("value", graph.value);
    for (int operand = 0; operand < graph.operands.size(); operand++) {
      outputs.put("first gradient " + operand, graph.first.get(operand));
      outputs.put("second gradient " + operand, graph.second.get(operand));
    }
    return outputs;
  }

  private static void requireClose(String name, double[] expected, float[] actual) {
    double scale = LEAST_SCALE;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      String where =
          "%s element %d: %s, not %s; seed %d"
              .formatted(name, i, actual[i], expected[i], TestSeed.value());
      assertTrue(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale, where);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
