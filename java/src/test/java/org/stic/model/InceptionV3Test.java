package org.stic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;

/**
 * Both variants against PyTorch on weights made by a formula; {@code
 * java/src/test/python/inception_fixture.py} made the values.
 */
class InceptionV3Test {
  private static final int IMAGE_KEY = 9999;

  /** As in the script: a hash of key and place, in [-1/2, 1/2). */
  private static double number(int key, int place) {
    int x = (place + 1) * 0x9E3779B9 + key * 0x85EBCA6B;
    x = (x ^ (x >>> 16)) * 0x7FEB352D;
    x = (x ^ (x >>> 15)) * 0x846CA68B;
    x ^= x >>> 16;
    return (x >>> 8) / (double) (1 << 24) - 0.5;
  }

  /** Numbers tensors in the order in which they are added. */
  private static final class Weights {
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private int key;

    void add(String name, double offset, double scale, int... shape) {
      key++;
      float[] values = new float[Shape.of(shape).intElements()];
      for (int index = 0; index < values.length; index++) {
        values[index] = (float) (offset + scale * number(key, index));
      }
      tensors.put(name, StoredTensor.ofFloats(values, shape));
    }

    Safetensors file() {
      return new Safetensors(Path.of("inception.safetensors"), Map.of(), tensors);
    }
  }

  private static Weights weights(int classes) {
    Weights weights = new Weights();
    InceptionUnits.all()
        .forEach(
            (name, shape) -> {
              double inputs = (double) shape.elements() / shape.dim(0);
              weights.add(name + ".conv.weight", 0, Math.sqrt(24 / inputs), shape.dims());
              weights.add(name + ".bn.weight", 1, .2, shape.dim(0));
              weights.add(name + ".bn.bias", 0, .1, shape.dim(0));
              weights.add(name + ".bn.running_mean", 0, .1, shape.dim(0));
              weights.add(name + ".bn.running_var", 1, .5, shape.dim(0));
            });
    weights.add("fc.weight", 0, .1, classes, InceptionV3.FEATURES);
    weights.add("fc.bias", 0, 1, classes);
    weights.add("AuxLogits.fc.bias", 0, 1, 3);
    return weights;
  }

  private static JsonNode reference(int classes) throws IOException {
    try (InputStream file = InceptionV3Test.class.getResourceAsStream("inception.json")) {
      for (JsonNode node : new ObjectMapper().readTree(file)) {
        if (node.path("classes").asInt() == classes) {
          return node;
        }
      }
    }
    throw new IllegalStateException("no case of " + classes + " classes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1008, 1000})
  void featuresAndLogitsAreThoseOfPyTorch(int classes) throws IOException {
    JsonNode expected = reference(classes);
    JsonNode shape = expected.path("shape");
    Safetensors file = weights(classes).file();
    InceptionV3 network = InceptionV3.of(file);
    assertEquals(classes == 1008, network.isOfFid());
    Graph graph = new Graph();
    var images =
        graph.input(
            "images",
            Shape.of(1, shape.get(0).asInt(), shape.get(1).asInt(), shape.get(2).asInt()));
    try (Device device = TestDevice.open();
        ParameterStore store = new ParameterStore(device, "inception", network.parameters())) {
      network.restore(store, file);
      var outputs = network.apply(images, store.read(graph));
      graph.output("features", outputs.features());
      graph.output("logits", outputs.logits());
      try (Program program = Program.compile(device, graph)) {
        float[] image = new float[images.shape().intElements()];
        for (int index = 0; index < image.length; index++) {
          image[index] = (float) (2 * number(IMAGE_KEY, index));
        }
        program.set("images", image);
        program.run();
        assertAlike(expected, "features", 64, program.get("features"));
        assertAlike(expected, "logits", 50, program.get("logits"));
      }
    }
  }

  private static void assertAlike(JsonNode expected, String name, int stride, float[] found) {
    double sum = 0;
    for (float value : found) {
      sum += (double) value * value;
    }
    double norm = expected.path(name + "_norm").asDouble();
    assertEquals(norm, Math.sqrt(sum), 1e-3 * norm, name);
    JsonNode some = expected.path(name);
    assertEquals(Math.ceilDiv(found.length, stride), some.size());
    double typical = norm / Math.sqrt(found.length);
    for (int index = 0; index < some.size(); index++) {
      double wanted = some.get(index).asDouble();
      assertEquals(wanted, found[stride * index], 2e-3 * typical, name + " " + index * stride);
    }
  }

  @Test
  void damagedFilesAreRefusedByTensor() {
    Weights weights = weights(1008);
    weights.tensors.put("fc.bias", StoredTensor.ofFloats(new float[] {Float.NaN}, 1));
    assertRefused(weights, "tensor 'fc.bias'");
    weights.tensors.put("fc.bias", StoredTensor.ofFloats(nan(1008), 1008));
    assertRefused(weights, "tensor 'fc.bias' has NaN");
    weights.tensors.remove("fc.bias");
    assertRefused(weights, "'fc.bias' is missing");
    weights.add("fc.bias", 0, 1, 1008);
    weights.add("Mixed_8a.conv.weight", 0, 1, 3);
    assertRefused(weights, "'Mixed_8a.conv.weight' is not of Inception-v3");
    weights.add("fc.weight", 0, 1, 5, 64);
    assertRefused(weights, "'fc.weight' is not [classes, 2048]");
  }

  private static float[] nan(int count) {
    float[] values = new float[count];
    values[count - 1] = Float.NaN;
    return values;
  }

  private static void assertRefused(Weights weights, String expected) {
    var refusal =
        assertThrows(
            SafetensorsException.class,
            () -> {
              InceptionV3 network = InceptionV3.of(weights.file());
              try (Device device = TestDevice.open();
                  ParameterStore store = new ParameterStore(device, "i", network.parameters())) {
                network.restore(store, weights.file());
              }
            });
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }
}
