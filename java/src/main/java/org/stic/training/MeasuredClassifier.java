package org.stic.training;

import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** A classifier with fixed parameters, as measurements of it see it. */
public interface MeasuredClassifier {

  /** Where it computes. */
  Device device();

  /** Shape of one image, [channels, height, width]. */
  Shape image();

  /** Number of classes. */
  int classes();

  /**
   * Adds the nodes that classify images, its parameters being read into their graph.
   *
   * @param images shape [images, channels, height, width], pixels in [-1, 1]
   * @return logits of the classes, shape [images, classes]
   */
  Tensor classLogits(Tensor images);
}
