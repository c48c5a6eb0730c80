package org.stic.training;

import org.stic.graph.Graph;
import org.stic.graph.Tensor;
import org.stic.model.Weights;
import org.stic.settings.BatchSettings;

/**
 * What the loss of one update is made of.
 *
 * @param images without noise, shape [images, channels, height, width], in the order of {@link
 *     org.stic.objective.BatchPart}
 * @param classWeights shape [images, classes]
 * @param kinds how many images of each kind there are
 * @param weights the parameters being trained
 * @param step one unsigned counter, another number at each update: the key of random numbers
 */
record UpdateBatch(
    Tensor images, Tensor classWeights, BatchSettings kinds, Weights weights, Tensor step) {

  /** The graph of the update. */
  Graph graph() {
    return images.graph();
  }
}
