package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.data.ImageDataset;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.InceptionV3;
import org.stic.model.NamedModels;
import org.stic.model.ParameterStore;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsReader;
import org.stic.settings.ConfigurationException;

/** Judges with weights from files. */
public final class Judges {
  /** The judge whose figures have names of their own. */
  public static final String INCEPTION = "inception-v3";

  private static final int BATCH = 50;
  private static final int BATCH_OF_INCEPTION = 10;

  private Judges() {}

  /**
   * Opens a judge; the caller closes it.
   *
   * @param name {@link #INCEPTION}, or a name of {@link NamedModels}: a network of the data's
   *     classes
   * @param weights a safetensors file with PyTorch's names
   * @param test images of the data
   * @throws ConfigurationException if there is no such judge, or it does not take such images
   * @throws IOException if the file cannot be read or is not of the network
   */
  public static Judge open(Device device, String name, Path weights, ImageDataset test)
      throws IOException {
    Shape image = Shape.of(test.shape().channels(), test.shape().height(), test.shape().width());
    return name.equals(INCEPTION)
        ? inception(device, SafetensorsReader.read(weights), image)
        : named(device, name, weights, image, test.classNames().size());
  }

  private static Judge named(Device device, String name, Path weights, Shape image, int classes)
      throws IOException {
    var classifier = PretrainedClassifier.load(device, name, weights, image, classes);
    NetworkSubject subject = new NetworkSubject(device, classifier);
    Predictor predictor =
        new Predictor(
            device,
            MathMode.FP32,
            image,
            BATCH,
            images ->
                Map.of(
                    "probabilities", Ops.softmax(subject.classLogits(images)),
                    "features", subject.features(images)));
    return new NetworkJudge(
        described(name, weights),
        Judge.FigureNames.of(name),
        image,
        classifier.network().headInputs(),
        classifier.parameters(),
        predictor);
  }

  private static Judge inception(Device device, Safetensors file, Shape image) throws IOException {
    if (image.dim(0) != 1 && image.dim(0) != 3) {
      throw new ConfigurationException(
          "inception-v3 sees grey or colour images, not %d channels".formatted(image.dim(0)));
    }
    InceptionV3 network = InceptionV3.of(file);
    ParameterStore parameters = new ParameterStore(device, INCEPTION, network.parameters());
    try {
      network.restore(parameters, file);
      Predictor predictor =
          new Predictor(
              device,
              MathMode.FP32,
              image,
              BATCH_OF_INCEPTION,
              images -> outputs(network, parameters, images));
      return new NetworkJudge(
          described(INCEPTION, file.file()),
          Judge.FigureNames.ofInception(network.isOfFid()),
          image,
          InceptionV3.FEATURES,
          parameters,
          predictor);
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static Map<String, Tensor> outputs(
      InceptionV3 network, ParameterStore parameters, Tensor images) {
    var outputs = network.apply(images, parameters.read(images.graph()));
    return Map.of("probabilities", Ops.softmax(outputs.logits()), "features", outputs.features());
  }

  private static String described(String name, Path weights) {
    return "%s with weights of %s".formatted(name, weights.getFileName());
  }
}
