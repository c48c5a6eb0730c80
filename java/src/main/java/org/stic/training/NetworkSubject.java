package org.stic.training;

import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;

/** A network with weights from a file, to be measured; it stays open as long as this is used. */
public record NetworkSubject(Device device, PretrainedClassifier classifier)
    implements MeasuredClassifier {

  @Override
  public Shape image() {
    return classifier.network().input();
  }

  @Override
  public int classes() {
    return classifier.network().classes();
  }

  @Override
  public Tensor classLogits(Tensor images) {
    return Ops.slice(outputs(images).logits(), 1, 0, classes());
  }

  /** Adds the nodes of what the last layer sees, shape [images, features]. */
  Tensor features(Tensor images) {
    return outputs(images).pooled();
  }

  /** Asked twice for the same images, it adds no nodes: equal operations are one node. */
  private ClassifierNetwork.Outputs outputs(Tensor images) {
    return classifier.network().apply(images, classifier.parameters().read(images.graph()));
  }
}
