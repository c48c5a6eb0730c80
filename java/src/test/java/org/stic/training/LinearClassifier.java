package org.stic.training;

import org.stic.cuda.Device;
import org.stic.data.ImageShape;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Tells images with a brighter second half from those with a brighter first: z = (-s, s) with s =
 * steepness times the difference of the halves' sums; a middle element of odd images plays no part.
 */
record LinearClassifier(Device device, ImageShape shape, float steepness)
    implements MeasuredClassifier {

  /** Sign of a pixel's weight in logit 1. */
  static int sign(int element, int elements) {
    return Integer.compare(2 * element + 1, elements);
  }

  @Override
  public Shape image() {
    return Shape.of(shape.channels(), shape.height(), shape.width());
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public Tensor classLogits(Tensor images) {
    int elements = shape.elements();
    float[] weights = new float[2 * elements];
    for (int element = 0; element < elements; element++) {
      weights[element] = -steepness * sign(element, elements);
      weights[elements + element] = steepness * sign(element, elements);
    }
    Tensor rows = Ops.reshape(images, Shape.of(images.shape().dim(0), elements));
    Tensor matrix = images.graph().constant(Shape.of(2, elements), weights);
    return Ops.matmul(rows, matrix, false, true);
  }
}
