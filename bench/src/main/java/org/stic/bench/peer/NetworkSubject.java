package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Cost;
import org.stic.model.ClassifierNetwork;
import org.stic.model.NamedModels;
import org.stic.model.ParameterStore;

/**
 * A pass of a named network: logits of images, or the gradient of the logits' logsumexp by the
 * images, a forward and a backward-data pass. Untrained weights, the same on both sides.
 *
 * @param model as {@link NamedModels} knows it
 * @param images in one pass
 * @param asksGradient whether the result is the gradient by the images
 */
record NetworkSubject(String model, int images, boolean asksGradient) implements Subject {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final int CLASSES = 10;

  @Override
  public String name() {
    String product = asksGradient ? "gradient" : "forward";
    return "network-%s:%s/%d".formatted(product, model, images);
  }

  private ClassifierNetwork network() {
    return NamedModels.of(model, IMAGE, CLASSES);
  }

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>(RecipeNetwork.parameters(network().parameters()));
    operands.add(Operand.normal("images", 9, 1, images, IMAGE.dim(0), IMAGE.dim(1), IMAGE.dim(2)));
    return operands;
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    Map<String, Operand> named = RecipeNetwork.byName(operands);
    ClassifierNetwork network = network();
    ParameterStore weights = RecipeNetwork.store(device, network.parameters(), named);
    Variable input = Variable.allocate(device, "images", Shape.of(named.get("images").sizes()));
    input.upload(named.get("images").values());
    Graph graph = new Graph();
    Tensor read = graph.read(input);
    Tensor logits = network.apply(read, weights.read(graph)).logits();
    graph.output(
        "result",
        asksGradient ? Gradients.of(Ops.logSumExp(logits), List.of(read)).getFirst() : logits);
    Program pass = Program.compile(device, graph);
    return DeviceSide.of(
        device,
        pass,
        () -> {
          pass.run();
          return pass.get("result");
        },
        List.of(input, weights));
  }

  /**
   * Dozens of layers add up their roundings. A gradient also jumps where an activation lies so near
   * to its kink that rounding decides the side: WRN-28-10's in single precision is up to 0.9 % of
   * its largest element off, in PyTorch, too.
   */
  @Override
  public double tolerance() {
    return asksGradient ? 2e-2 : 1e-3;
  }

  /** None by definition: what a pass needs is what its kernels need. */
  @Override
  public Cost cost() {
    return Cost.NONE;
  }
}
