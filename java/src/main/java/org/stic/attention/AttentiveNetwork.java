package org.stic.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Parameter;
import org.stic.model.Weights;

/**
 * A classifier of large canvases that looks at them through small windows: one network of glimpses,
 * whatever their size and place. The logits of a canvas are half of those of the whole view and
 * half of the mean of a fixed grid's; features are the whole view's. A head beside it says where to
 * look next.
 */
public final class AttentiveNetwork implements ClassifierNetwork {
  private final ClassifierNetwork glimpses;
  private final Sight sight;
  private final int grid;
  private final WindowHead head;

  /**
   * A classifier of canvases.
   *
   * @param glimpses the network of glimpses
   * @param grid windows along one side of the grid; 0 for the whole view alone
   */
  public AttentiveNetwork(ClassifierNetwork glimpses, Sight sight, int grid) {
    if (!glimpses.input().equals(sight.glimpse())) {
      throw new IllegalArgumentException(
          "a network of %s cannot see glimpses of %s".formatted(glimpses.input(), sight.glimpse()));
    }
    this.glimpses = glimpses;
    this.sight = sight;
    this.grid = grid;
    head = new WindowHead(glimpses.headInputs());
  }

  /** The network of glimpses. */
  public ClassifierNetwork glimpses() {
    return glimpses;
  }

  /** How its windows lie. */
  public Sight sight() {
    return sight;
  }

  @Override
  public Shape input() {
    return sight.canvas();
  }

  @Override
  public int classes() {
    return glimpses.classes();
  }

  @Override
  public int logits() {
    return glimpses.logits();
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(glimpses.parameters());
    parameters.addAll(head.parameters());
    return parameters;
  }

  @Override
  public List<Shape> featureShapes() {
    return glimpses.featureShapes();
  }

  @Override
  public int headInputs() {
    return glimpses.headInputs();
  }

  @Override
  public String headName() {
    return glimpses.headName();
  }

  @Override
  public Outputs apply(Tensor images, Weights weights) {
    return overViews(images, view -> glimpses.apply(view, weights));
  }

  @Override
  public Outputs applyInTraining(Tensor images, Weights weights, UnaryOperator<Tensor> headInput) {
    return overViews(images, view -> glimpses.applyInTraining(view, weights, headInput));
  }

  /** What is said about one view of each canvas. */
  @FunctionalInterface
  private interface View {
    Outputs of(Tensor glimpses);
  }

  private Outputs overViews(Tensor images, View view) {
    Outputs whole = view.of(wholeView(images));
    List<Window> windows = sight.grid(grid);
    if (windows.isEmpty()) {
      return whole;
    }
    Graph graph = images.graph();
    Tensor sum = whole.logits();
    Tensor others = null;
    for (Window window : windows) {
      Tensor logits = view.of(sight.fixed(graph, window).read(images)).logits();
      others = others == null ? logits : Ops.add(others, logits);
    }
    Tensor mean = Ops.scale(others, .5f / windows.size());
    return new Outputs(
        Ops.add(Ops.scale(sum, .5f), mean), whole.features(), whole.pooled(), Map.of());
  }

  /** The glimpses of whole canvases. */
  public Tensor wholeView(Tensor canvases) {
    return sight.fixed(canvases.graph(), sight.whole()).read(canvases);
  }

  /**
   * Where the head would look next on canvases.
   *
   * @param canvases shape [images, channels, height, width]
   * @return relative places of windows, shape [images, 2]
   */
  public Tensor places(Tensor canvases, Weights weights) {
    return head.places(glimpses.apply(wholeView(canvases), weights).pooled(), weights);
  }

  /**
   * Logits of the glimpses that the head chooses, which pass its gradient on.
   *
   * @param strides of the glimpses, shape [images, 1]
   */
  public Tensor chosenLogits(Tensor canvases, Tensor strides, Weights weights) {
    Windows windows = sight.windows(places(canvases, weights), strides);
    return glimpses.apply(windows.read(canvases), weights).logits();
  }
}
