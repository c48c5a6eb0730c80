package org.stic.sampler;

import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ParameterStore;

/**
 * Targets {@code T_l = sum_k w_k G_l(x_k)} from one random real image x_k of each class with
 * weight. Classes are added one after another, so that a chain may mix any number of them. Owns its
 * programs.
 */
final class OneImageSource implements GramSource {
  private final ClassImages images;
  private final long seed;
  private final int elements;
  private final GramTargets targets;
  private final Program add;
  private final Program finish;

  /**
   * Compiles the programs.
   *
   * @param seed key of the choice of images
   */
  OneImageSource(
      Device device,
      ClassImages images,
      GramLayers layers,
      ParameterStore parameters,
      GramTargets targets,
      long seed,
      int chains) {
    this.images = images;
    this.seed = seed;
    this.targets = targets;
    Shape image = layers.classifier().input();
    elements = image.intElements();
    add = compileAdd(device, layers, parameters, chains);
    Graph graph = new Graph();
    targets.assignScales(graph, true);
    finish = Program.compile(device, graph);
  }

  private Program compileAdd(
      Device device, GramLayers layers, ParameterStore parameters, int chains) {
    Shape image = layers.classifier().input();
    Graph graph = new Graph();
    Tensor batch =
        graph.input("images", Shape.of(chains, image.dim(0), image.dim(1), image.dim(2)));
    Tensor weights = graph.input("weights", Shape.of(chains, 1, 1));
    ClassifierNetwork.Outputs outputs = layers.classifier().apply(batch, parameters.read(graph));
    List<Tensor> grams = layers.of(batch, outputs);
    for (int layer = 0; layer < grams.size(); layer++) {
      Variable target = targets.matrices().get(layer);
      Tensor part = Ops.multiply(weights, grams.get(layer));
      graph.assign(target, Ops.add(graph.read(target), part));
    }
    return Program.compile(device, graph);
  }

  @Override
  public void set(float[] classWeights, int[] canvases) {
    targets.matrices().forEach(target -> target.upload(new float[target.shape().intElements()]));
    ClassRounds rounds = new ClassRounds(images, seed, elements, classWeights, canvases);
    while (rounds.next()) {
      add.set("images", rounds.pixels());
      add.set("weights", rounds.weights());
      add.run();
    }
    finish.run();
  }

  @Override
  public void close() {
    add.close();
    finish.close();
  }
}
