package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.model.Parameter;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.model.Weights;

/** The running mean of parameters that grow by 1 at each update. */
class AveragedWeightsTest {
  private static final List<Parameter> PARAMETERS = List.of(new Parameter("w", Shape.of(4), 1));

  private Device device;

  @BeforeEach
  void open() {
    device = TestDevice.open();
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void followsTheParametersAndStartsAgainFromThem() {
    try (AveragedWeights weights = new AveragedWeights(device, PARAMETERS, 0.75);
        Program update = update(weights)) {
      weights.trained().all().upload(1f, 2f, 3f, 4f);
      weights.restart();
      update.run(2);
      // After updates to p + 1 and p + 2: .75 (.75 p + .25 (p + 1)) + .25 (p + 2) = p + .6875.
      assertArrayEquals(
          new float[] {1.6875f, 2.6875f, 3.6875f, 4.6875f}, weights.average().all().download());
      weights.restart();
      assertArrayEquals(weights.trained().all().download(), weights.average().all().download());
    }
  }

  @Test
  void runningStatisticsAreAveragedAndNotOptimised() {
    List<Parameter> parameters =
        List.of(
            new Parameter("variance", Shape.of(3), 1, 0, true), new Parameter("w", Shape.of(4), 1));
    try (AveragedWeights weights = new AveragedWeights(device, parameters, 0.5);
        Adam adam = new Adam(device, weights.trained(), 0.9, 0.999, 0, 0.1)) {
      weights.initialise(1);
      float[] before = weights.trained().view("w").download();
      Graph graph = new Graph();
      Weights read = weights.trained().read(graph);
      graph.assign(weights.trained().view("variance"), Ops.affine(read.get("variance"), 1, 2));
      adam.minimise(graph, read, Ops.sum(Ops.square(read.get("w"))));
      weights.follow(graph);
      try (Program update = Program.compile(device, graph)) {
        adam.prepare(0.1);
        update.run();
        device.synchronize();
      }
      assertArrayEquals(new float[] {3, 3, 3}, weights.trained().view("variance").download());
      assertArrayEquals(new float[] {2, 2, 2}, weights.average().view("variance").download());
      float[] after = weights.trained().view("w").download();
      for (int i = 0; i < 4; i++) {
        assertTrue(Math.abs(after[i]) < Math.abs(before[i]), "the parameters themselves move");
      }
    }
  }

  @Test
  void withoutDecayThereIsOneMemory() {
    try (AveragedWeights weights = new AveragedWeights(device, PARAMETERS, 0)) {
      assertSame(weights.trained(), weights.average());
      Map<String, StoredTensor> stored = new LinkedHashMap<>();
      weights.store(stored);
      assertEquals(1, stored.size());
    }
  }

  @Test
  void aCheckpointKeepsBoth() throws SafetensorsException {
    try (AveragedWeights weights = new AveragedWeights(device, PARAMETERS, 0.75);
        AveragedWeights other = new AveragedWeights(device, PARAMETERS, 0.75);
        Program update = update(weights)) {
      weights.initialise(3);
      update.run();
      Map<String, StoredTensor> stored = new LinkedHashMap<>();
      weights.store(stored);
      other.restore(new Safetensors(Path.of("memory"), Map.of(), stored));
      assertArrayEquals(weights.trained().all().download(), other.trained().all().download());
      assertArrayEquals(weights.average().all().download(), other.average().all().download());
    }
  }

  private Program update(AveragedWeights weights) {
    Graph graph = new Graph();
    var all = weights.trained().all();
    graph.assign(all, Ops.affine(graph.read(all), 1, 1));
    weights.follow(graph);
    return Program.compile(device, graph);
  }
}
