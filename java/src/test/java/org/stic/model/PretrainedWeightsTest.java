package org.stic.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Shape;
import org.stic.random.Purpose;

/** Files of weights that other programs wrote, and what may be wrong with them. */
class PretrainedWeightsTest {
  private static final Path FILE = Path.of("w.safetensors");
  private static final ClassifierNetwork MODEL =
      new CifarResNet(8, 4, Normalisation.BATCH).network(Shape.of(3, 8, 8), 5, 0);

  private Device device;
  private ParameterStore store;
  private Map<String, StoredTensor> tensors;

  @BeforeEach
  void store() {
    device = TestDevice.open();
    store = new ParameterStore(device, "weights", MODEL.parameters());
    store.initialise(1, Purpose.INITIALISATION);
    tensors = new LinkedHashMap<>(store.store());
    store.initialise(2, Purpose.INITIALISATION);
  }

  @AfterEach
  void release() {
    store.close();
    device.close();
  }

  private void restore() throws SafetensorsException {
    PretrainedWeights.of(new Safetensors(FILE, Map.of(), tensors)).restore(store);
  }

  private void assertRefused(String message) {
    Map<String, StoredTensor> before = store.store();
    assertEquals(
        FILE + ": " + message,
        assertThrows(SafetensorsException.class, this::restore).getMessage());
    before.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.toFloats(), store.view(name).download(), "nothing changes"));
  }

  @Test
  void namesMayHaveWrappersAndCounts() throws SafetensorsException {
    Map<String, StoredTensor> wrapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> wrapped.put("module." + name, tensor));
    wrapped.put("module.bn1.num_batches_tracked", StoredTensor.ofBytes(new byte[1]));
    PretrainedWeights.of(new Safetensors(FILE, Map.of(), wrapped)).restore(store);
    tensors.forEach(
        (name, tensor) -> assertArrayEquals(tensor.toFloats(), store.view(name).download()));
  }

  @Test
  void missingTensorsAreNamed() {
    tensors.remove("layer2.0.bn1.running_var");
    assertRefused(
        "tensor 'layer2.0.bn1.running_var' is missing, which the model has; the file has"
            + " 'conv1.weight', 'bn1.weight', 'bn1.bias', 'layer1.0.conv1.weight',"
            + " 'layer1.0.bn1.weight', ...");
  }

  @Test
  void unknownTensorsAreNamed() {
    tensors.put("layer4.weight", StoredTensor.ofFloats(new float[1], 1));
    assertRefused("tensor 'layer4.weight' is not of the model");
  }

  @Test
  void tensorsOfAnotherShapeAreNamed() {
    tensors.put("linear.bias", StoredTensor.ofFloats(new float[6], 6));
    assertRefused("tensor 'linear.bias' has shape [6], but the model's is [5]");
  }

  @Test
  void tensorsThatAreNotRealAreNamed() {
    tensors.put("linear.bias", StoredTensor.ofBytes(new byte[5], 5));
    assertRefused("tensor 'linear.bias' is U8, but weights are F32, F16, BF16 or F64");
  }

  @Test
  void weightsThatAreNotFiniteAreNamed() {
    float[] values = tensors.get("linear.bias").toFloats();
    values[3] = Float.NaN;
    tensors.put("linear.bias", StoredTensor.ofFloats(values, 5));
    assertRefused("tensor 'linear.bias' has NaN as element 3; weights must be finite");
  }

  @Test
  void negativeVariancesAreNamed() {
    tensors.put("bn1.running_var", StoredTensor.ofFloats(new float[] {1, 1, -1, 1}, 4));
    assertRefused("tensor 'bn1.running_var' has -1.0 as element 2; variances must not be negative");
  }

  @Test
  void twoTensorsOfOneParameterAreNamed() {
    tensors.put("module.linear.bias", StoredTensor.ofFloats(new float[5], 5));
    assertRefused(
        "tensors 'linear.bias' and 'module.linear.bias' both are parameter 'linear.bias'");
  }

  @Test
  void aHeadWithMoreLogitsKeepsItsOtherRows() throws SafetensorsException {
    ClassifierNetwork drawing =
        new CifarResNet(8, 4, Normalisation.BATCH).network(Shape.of(3, 8, 8), 5, 2);
    try (ParameterStore all = new ParameterStore(device, "drawing", drawing.parameters())) {
      all.initialise(3, Purpose.INITIALISATION);
      float[] own = all.view("linear.weight").download();
      PretrainedWeights.of(new Safetensors(FILE, Map.of(), tensors)).restore(all, drawing);
      float[] expected = own.clone();
      float[] given = tensors.get("linear.weight").toFloats();
      System.arraycopy(given, 0, expected, 0, given.length);
      assertArrayEquals(expected, all.view("linear.weight").download());
      assertArrayEquals(
          tensors.get("conv1.weight").toFloats(), all.view("conv1.weight").download());
    }
  }

  @Test
  void theClassifierOfJemHasItsOwnNames() throws SafetensorsException {
    ClassifierNetwork jem = NamedModels.of("jem-wrn-10-1", Shape.of(3, 8, 8), 5);
    try (ParameterStore weights = new ParameterStore(device, "jem", jem.parameters())) {
      weights.initialise(1, Purpose.INITIALISATION);
      Map<String, StoredTensor> stored = new LinkedHashMap<>();
      weights
          .store()
          .forEach(
              (name, tensor) ->
                  stored.put(
                      name.startsWith("linear.")
                          ? name.replace("linear.", "class_output.")
                          : "f." + name,
                      tensor));
      stored.put("f.linear.weight", StoredTensor.ofFloats(new float[1], 1));
      stored.put("energy_output.bias", StoredTensor.ofFloats(new float[1], 1));
      float[] head = weights.view("linear.weight").download();
      weights.initialise(2, Purpose.INITIALISATION);
      PretrainedWeights.of(new Safetensors(FILE, Map.of(), stored)).restore(weights);
      assertArrayEquals(head, weights.view("linear.weight").download());
    }
  }
}
