package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Shape;
import org.stic.model.NamedModels;
import org.stic.settings.ConfigurationException;

/** Judges with weights from files. */
public final class Judges {
  private Judges() {}

  /**
   * Opens a judge; the caller closes it.
   *
   * @param name a name of {@link NamedModels}, a network of the data's classes
   * @param weights a safetensors file with PyTorch's names
   * @param test images of the data
   * @throws ConfigurationException if there is no such judge, or it does not take such images
   * @throws IOException if the file cannot be read or is not of the network
   */
  public static Judge open(Device device, String name, Path weights, ImageDataset test)
      throws IOException {
    Shape image = Shape.of(test.shape().channels(), test.shape().height(), test.shape().width());
    var network = PretrainedClassifier.load(device, name, weights, image, test.classNames().size());
    return new NetworkJudge(
        device,
        "%s with weights of %s".formatted(name, weights.getFileName()),
        Judge.FigureNames.of(name),
        network.network(),
        network.parameters());
  }
}
