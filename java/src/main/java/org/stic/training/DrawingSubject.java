package org.stic.training;

import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A classifier that draws, measured with its averaged parameters.
 *
 * @param noise deviation of the noise that it is told of; 0 for clean images
 */
record DrawingSubject(DrawingClassifier classifier, double noise) implements MeasuredClassifier {

  @Override
  public Device device() {
    return classifier.device();
  }

  @Override
  public Shape image() {
    return classifier.image();
  }

  @Override
  public int classes() {
    return classifier.classes();
  }

  @Override
  public Tensor classLogits(Tensor images) {
    return classifier.classLogits(
        images, noise, classifier.weights().average().read(images.graph()));
  }
}
