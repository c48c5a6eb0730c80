package org.stic.attention;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.Layer;
import org.stic.model.Parameter;
import org.stic.model.Weights;

/**
 * Says where on a canvas to look next, from what a classifier saw of the whole: one dense layer and
 * a tanh. It learns by the gradient of the loss at the glimpse it chose, which passes through the
 * window's centre; what it looks at is held fixed, so that it cannot change the classifier's
 * features to its own ends.
 *
 * @param inputs features of the whole canvas
 */
record WindowHead(int inputs) {
  private static final double DEVIATION = 0.01;
  private static final Layer.Dense LAYER = new Layer.Dense("window", 2, DEVIATION);

  /** The parameters in order. */
  List<Parameter> parameters() {
    return LAYER.parameters(Shape.of(inputs));
  }

  /**
   * Relative places, see {@link Sight}, shape [images, 2].
   *
   * @param features shape [images, inputs]
   */
  Tensor places(Tensor features, Weights weights) {
    return Ops.tanh(LAYER.apply(Ops.stopGradient(features), weights));
  }
}
