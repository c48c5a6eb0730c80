package org.stic.training;

import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

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
    var parameters = classifier.parameters().read(images.graph());
    return Ops.slice(classifier.network().apply(images, parameters).logits(), 1, 0, classes());
  }
}
