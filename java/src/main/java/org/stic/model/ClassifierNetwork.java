package org.stic.model;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A feed-forward network that classifies images: what samplers, objectives and measurements know of
 * it. It holds no numbers; those are {@link Weights}.
 */
public interface ClassifierNetwork {

  /** Shape of one image, [channels, height, width]. */
  Shape input();

  /** Number of real classes K. */
  int classes();

  /** Number of logits: the classes, and behind them what else the last layer says. */
  int logits();

  /**
   * Everything that weights files and checkpoints hold, in order: what training changes by
   * gradients, and running statistics.
   */
  List<Parameter> parameters();

  /** Shapes of the feature maps of one image, [channels, height, width] each. */
  List<Shape> featureShapes();

  /** Numbers of one image that the last layer sees. */
  int headInputs();

  /** Prefix of the parameters of the last layer: a matrix "weight" and a vector "bias". */
  String headName();

  /**
   * Adds the nodes of the network as it draws and is measured: with running statistics.
   *
   * @param images shape [images, channels, height, width]
   */
  Outputs apply(Tensor images, Weights weights);

  /**
   * Adds the nodes of the network as it is trained: with the statistics of the batch.
   *
   * @param images shape [images, channels, height, width]
   * @param headInput a change to what the last layer sees, such as {@link Dropout}; takes and gives
   *     a tensor of shape [images, {@link #headInputs}]
   */
  Outputs applyInTraining(Tensor images, Weights weights, UnaryOperator<Tensor> headInput);

  /**
   * What the network says about a batch.
   *
   * @param logits shape [images, {@link #logits}]
   * @param features feature maps, [images, channels, height, width] each, from the first to the
   *     last
   * @param pooled what the last layer sees, shape [images, {@link #headInputs}]
   * @param statistics running statistics as they are after this batch, by the names of their
   *     parameters; empty outside training
   */
  record Outputs(
      Tensor logits, List<Tensor> features, Tensor pooled, Map<String, Tensor> statistics) {
    public Outputs {
      features = List.copyOf(features);
      statistics = Map.copyOf(statistics);
    }
  }
}
