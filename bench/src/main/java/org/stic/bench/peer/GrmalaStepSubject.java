package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.kernels.Cost;
import org.stic.kernels.Wall;
import org.stic.model.ConvClassifier;
import org.stic.model.ParameterStore;
import org.stic.sampler.ChainState;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramLoss;
import org.stic.sampler.GramSource;
import org.stic.sampler.GramTarget;
import org.stic.sampler.GramTargets;
import org.stic.sampler.GuidedDensity;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.Langevin;

/**
 * One step of the recipe's chains: {@code x <- clip(x + grad U(x) + sqrt(2 T) xi)} with the class
 * term {@code log sigmoid(z_c)} and the Gram term of the first two layers, weight 20. The result is
 * the chains after one step without noise.
 *
 * @param chains how many go at once
 */
record GrmalaStepSubject(int chains) implements Subject {
  private static final double GRAM_WEIGHT = 20;
  private static final float STEP_SIZE = 1;
  private static final float TEMPERATURE = 1e-4f;

  @Override
  public String name() {
    return "grmala-step:" + chains;
  }

  @Override
  public List<Operand> operands() {
    ConvClassifier classifier = RecipeNetwork.classifier();
    List<Operand> operands = new ArrayList<>(RecipeNetwork.parameters(classifier.parameters()));
    operands.add(RecipeNetwork.images(chains));
    operands.add(RecipeNetwork.classWeights(chains));
    for (int layer = 1; layer <= 2; layer++) {
      int channels = classifier.featureShapes().get(layer - 1).dim(0);
      operands.add(GramGradientSubject.target("target" + layer, layer, chains, channels));
    }
    return operands;
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    Map<String, Operand> named = RecipeNetwork.byName(operands);
    ConvClassifier classifier = RecipeNetwork.classifier();
    ParameterStore parameters = RecipeNetwork.store(device, classifier.parameters(), named);
    GuidedDensity density = density(device, classifier, parameters, named);
    density.condition(named.get("class-weights").values(), new int[chains]);
    Shape image = RecipeNetwork.IMAGE;
    ChainState state =
        ChainState.allocate(device, Shape.of(chains, image.dim(0), image.dim(1), image.dim(2)));
    Program quiet = step(device, density, state, 0);
    Program timed = step(device, density, state, TEMPERATURE);
    return DeviceSide.of(
        device,
        timed,
        () -> {
          state.position().upload(named.get("images").values());
          quiet.run();
          return state.position().download();
        },
        List.of(quiet, state, density, parameters));
  }

  private GuidedDensity density(
      Device device,
      ConvClassifier classifier,
      ParameterStore parameters,
      Map<String, Operand> named) {
    GramLayers layers =
        new GramLayers(
            classifier, null, List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 1)));
    GramTarget target = new GramTarget.Supplied(targets -> new Given(device, targets, named));
    return new GuidedDensity(
        device,
        new ImageSampler.Subject(classifier, parameters),
        new ImageSampler.Guidance(
            new ClassTerm.LogSigmoid(),
            new ImageSampler.Gram(GRAM_WEIGHT, layers, GramLoss.QUADRATIC, target)),
        1,
        chains);
  }

  private static Program step(
      Device device, GuidedDensity density, ChainState state, float temperature) {
    Graph graph = new Graph();
    new Langevin(density, STEP_SIZE, temperature, 1, Wall.CLIP).step(graph, state);
    return Program.compile(device, graph);
  }

  /** Sets the operands as targets. */
  private static final class Given implements GramSource {
    private final GramTargets targets;
    private final Map<String, Operand> operands;
    private final Program scales;

    Given(Device device, GramTargets targets, Map<String, Operand> operands) {
      this.targets = targets;
      this.operands = operands;
      Graph graph = new Graph();
      targets.assignScales(graph, false);
      scales = Program.compile(device, graph);
    }

    @Override
    public void set(float[] classWeights, int[] canvases) {
      for (int layer = 0; layer < targets.matrices().size(); layer++) {
        targets.matrices().get(layer).upload(operands.get("target" + (layer + 1)).values());
      }
      scales.run();
    }

    @Override
    public void close() {
      scales.close();
    }
  }

  /** None by definition: what a step needs is what its network's kernels need. */
  @Override
  public Cost cost() {
    return Cost.NONE;
  }
}
