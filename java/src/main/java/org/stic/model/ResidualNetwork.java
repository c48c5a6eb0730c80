package org.stic.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * A residual network: a convolution, blocks with shortcuts, the mean over all positions, and a
 * dense head. Its feature maps are those behind the first convolution and behind each block.
 *
 * <p>Without normalisation the last convolution of each of the L blocks starts smaller by the
 * square root of L, so that the sum of all blocks starts at the size of one (the idea of Zhang et
 * al., "Fixup initialization", 2019).
 */
public final class ResidualNetwork implements ClassifierNetwork {
  private static final double HEAD_DEVIATION = 0.02;

  private final Shape input;
  private final int classes;
  private final ConvolutionUnit stem;
  private final List<ResidualBlock> blocks;
  private final Normaliser last;
  private final UnaryFunction lastActivation;
  private final Layer.Dense head;

  /**
   * Puts a network together.
   *
   * @param last normalises what the blocks give; of kind {@link Normalisation#NONE} for nothing
   * @param lastActivation behind it; {@link UnaryFunction#IDENTITY} for none
   */
  ResidualNetwork(
      Shape input,
      Head head,
      ConvolutionUnit stem,
      List<ResidualBlock> blocks,
      Normaliser last,
      UnaryFunction lastActivation) {
    this.input = input;
    this.classes = head.classes;
    this.stem = stem;
    this.blocks = List.copyOf(blocks);
    this.last = last;
    this.lastActivation = lastActivation;
    this.head = new Layer.Dense(head.name, head.classes + head.others, HEAD_DEVIATION);
    requireDistinctNames();
  }

  /**
   * The last layer.
   *
   * @param name prefix of its parameters
   * @param classes number of real classes
   * @param others logits besides the classes: 2 in a classifier that draws, for "fake" and a critic
   */
  record Head(String name, int classes, int others) {}

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters()) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException("two parameters are called " + parameter.name());
      }
    }
  }

  @Override
  public Shape input() {
    return input;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int logits() {
    return head.outputs();
  }

  @Override
  public int headInputs() {
    return featureShapes().getLast().dim(0);
  }

  @Override
  public String headName() {
    return head.name();
  }

  @Override
  public List<Parameter> parameters() {
    double lastScale = isNormalised() ? 1 : 1 / Math.sqrt(blocks.size());
    List<Parameter> parameters = new ArrayList<>(stem.parameters(input, 1));
    Shape shape = stem.output(input);
    for (ResidualBlock block : blocks) {
      parameters.addAll(block.parameters(shape, lastScale));
      shape = block.output(shape);
    }
    parameters.addAll(last.parameters());
    parameters.addAll(head.parameters(Shape.of(shape.dim(0))));
    return parameters;
  }

  private boolean isNormalised() {
    return stem.normaliser().kind() != Normalisation.NONE || last.kind() != Normalisation.NONE;
  }

  @Override
  public List<Shape> featureShapes() {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(stem.output(input));
    for (ResidualBlock block : blocks) {
      shapes.add(block.output(shapes.getLast()));
    }
    return shapes;
  }

  @Override
  public Outputs apply(Tensor images, Weights weights) {
    return apply(images, LayerPass.withRunningStatistics(weights), UnaryOperator.identity());
  }

  @Override
  public Outputs applyInTraining(Tensor images, Weights weights, UnaryOperator<Tensor> headInput) {
    return apply(images, LayerPass.inTraining(weights), headInput);
  }

  private Outputs apply(Tensor images, LayerPass pass, UnaryOperator<Tensor> headInput) {
    List<Tensor> features = new ArrayList<>();
    features.add(stem.apply(images, null, pass));
    for (ResidualBlock block : blocks) {
      features.add(block.apply(features.getLast(), pass));
    }
    Tensor maps = Ops.unary(last.apply(features.getLast(), pass), lastActivation);
    Tensor pooled = headInput.apply(ImageOps.globalAverage(maps));
    Tensor logits = head.apply(pooled, pass.weights());
    return new Outputs(logits, features, pooled, pass.statistics());
  }
}
