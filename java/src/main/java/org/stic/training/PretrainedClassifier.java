package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.NamedModels;
import org.stic.model.ParameterStore;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsReader;
import org.stic.settings.ConfigurationException;

/**
 * A network with weights from a file, for its answers about images. Its preprocessing is a part of
 * it: images are in [-1, 1], as everywhere. Owns its memory on the device.
 */
public final class PretrainedClassifier implements AutoCloseable {
  private static final int BATCH = 50;

  private final String name;
  private final Device device;
  private final ClassifierNetwork network;
  private final ParameterStore parameters;
  private Predictor predictor;

  private PretrainedClassifier(String name, Device device, ClassifierNetwork network) {
    this.name = name;
    this.device = device;
    this.network = network;
    parameters = new ParameterStore(device, name, network.parameters());
  }

  /**
   * Loads a network.
   *
   * @param model one of {@link NamedModels}
   * @param weights a safetensors file with PyTorch's names
   * @param image shape of one image, [channels, height, width]
   * @throws ConfigurationException if there is no such model, or it does not take such images
   * @throws IOException if the file cannot be read or is not of the model, naming the tensor
   */
  public static PretrainedClassifier load(
      Device device, String model, Path weights, Shape image, int classes) throws IOException {
    PretrainedWeights file = PretrainedWeights.of(SafetensorsReader.read(weights));
    PretrainedClassifier classifier =
        new PretrainedClassifier(model, device, network(model, image, classes));
    try {
      file.restore(classifier.parameters);
      return classifier;
    } catch (IOException | RuntimeException e) {
      classifier.close();
      throw e;
    }
  }

  private static ClassifierNetwork network(String model, Shape image, int classes) {
    try {
      return NamedModels.of(model, image, classes);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /** The model's name. */
  public String name() {
    return name;
  }

  /** The network, for programs of other quantities than its answers. */
  public ClassifierNetwork network() {
    return network;
  }

  /** Its weights. */
  public ParameterStore parameters() {
    return parameters;
  }

  /**
   * Answers about images.
   *
   * @param images puts image i, in [-1, 1], into the array that it is given
   */
  public Answers answer(int count, ObjIntConsumer<float[]> images) {
    if (predictor == null) {
      predictor = new Predictor(device, network.input(), BATCH, this::outputs);
    }
    Map<String, float[]> found =
        predictor.run(count, (index, target) -> images.accept(target, index));
    return new Answers(found.get("logits"), found.get("probabilities"), found.get("features"));
  }

  private Map<String, Tensor> outputs(Tensor images) {
    ClassifierNetwork.Outputs outputs = network.apply(images, parameters.read(images.graph()));
    return Map.of(
        "logits", outputs.logits(),
        "probabilities", Ops.softmax(outputs.logits()),
        "features", outputs.pooled());
  }

  /**
   * What the network says.
   *
   * @param logits one row of {@link ClassifierNetwork#classes} numbers per image
   * @param probabilities their softmax
   * @param features one row of {@link ClassifierNetwork#headInputs} pooled features per image
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answers(float[] logits, float[] probabilities, float[] features) {}

  @Override
  public void close() {
    if (predictor != null) {
      predictor.close();
    }
    parameters.close();
  }
}
