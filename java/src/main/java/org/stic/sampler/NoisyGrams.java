package org.stic.sampler;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.model.ParameterStore;
import org.stic.model.ScoreNetwork;
import org.stic.random.Purpose;

/**
 * Mean Gram matrix of each class over real images with noise of each level, under a network's
 * current parameters: {@code A_l^k(s) = mean_i G_l(x_i + s e_i)}, {@code G_l = F_l F_l^T / (H_l
 * W_l)}. A chain sees the level that it is at. Owns its memory.
 */
public final class NoisyGrams implements AutoCloseable {
  private final ScoreNetwork network;
  private final NoiseLevels levels;
  private final Ring noise;
  private final Variable images;
  private final Variable step;
  private final List<Ring> means = new ArrayList<>();
  private final Program program;

  /**
   * Compiles the program and keeps the images on the device.
   *
   * @param parameters of the network, read at each {@link #update}
   * @param images one class after another, the same number of each, in [-1, 1]
   * @param seed key of the noise e
   */
  public NoisyGrams(
      Device device,
      ScoreNetwork network,
      ParameterStore parameters,
      NoiseLevels levels,
      float[] images,
      long seed) {
    this.network = network;
    this.levels = levels;
    Shape shape = network.input();
    int count = images.length / shape.intElements();
    this.images =
        Variable.allocate(
            device, "gram-images", Shape.of(count, shape.dim(0), shape.dim(1), shape.dim(2)));
    this.images.upload(images);
    noise = new Ring(device, "gram-noise-levels", Shape.of(levels.count(), 2));
    noise.upload(levels.pairs());
    step = Variable.allocateCounters(device, "gram-noise-step", Shape.of(1));
    Graph graph = new Graph();
    Tensor deviation = Ops.slice(noise.first(graph), 1, 0, 1);
    Tensor noisy = Ops.add(graph.read(this.images), noise(graph, seed, deviation));
    for (Tensor features : network.apply(noisy, deviation, parameters.read(graph)).features()) {
      Tensor mean = classMeans(gram(features));
      means.add(new Ring(device, "class-grams", mean.shape().with(0, levels.count())));
      means.getLast().push(graph, mean);
    }
    noise.turn(graph);
    graph.effect(new IncrementEffect(step));
    program = Program.compile(device, graph);
  }

  private Tensor noise(Graph graph, long seed, Tensor deviation) {
    int purpose = Purpose.GRAM_NOISE.code();
    Tensor normal = Ops.normal(graph.read(step), seed, purpose, images.shape());
    return Ops.multiply(Ops.reshape(deviation, Shape.SCALAR), normal);
  }

  /**
   * Gram matrices of feature maps [images, channels, height, width], divided by their positions.
   */
  private static Tensor gram(Tensor features) {
    int positions = features.shape().dim(2) * features.shape().dim(3);
    return ImageOps.gram(features, 1f / positions);
  }

  /** Shape [1, classes, elements]. */
  private Tensor classMeans(Tensor grams) {
    int classes = network.classes();
    int elements = grams.shape().dim(1) * grams.shape().dim(2);
    Shape byClass = Shape.of(classes, grams.shape().dim(0) / classes, elements);
    Tensor mean = Ops.mean(Ops.reshape(grams, byClass), 1);
    return Ops.reshape(mean, Shape.of(1, classes, elements));
  }

  /**
   * Recomputes the means of all levels with the parameters as they are now; returns when that is
   * enqueued.
   */
  public void update() {
    step.upload(0);
    program.run(levels.count());
  }

  /** Adds the nodes that go on to the next level; after the last one comes the first. */
  void turn(Graph graph) {
    means.forEach(ring -> ring.turn(graph));
  }

  /**
   * Mean over layers of the relative distance of Grams from those of the wanted classes.
   *
   * @param features of the chains' positions at the current level
   * @param classWeights shape [chains, classes]
   * @return shape [chains]
   */
  Tensor loss(List<Tensor> features, Tensor classWeights) {
    Tensor sum = null;
    for (int layer = 0; layer < means.size(); layer++) {
      Tensor grams = gram(features.get(layer));
      Tensor rows = means.get(layer).first(classWeights.graph());
      Tensor byClass = Ops.reshape(rows, Shape.of(network.classes(), rows.shape().dim(2)));
      Tensor target = Ops.reshape(Ops.matmul(classWeights, byClass), grams.shape());
      Tensor loss = Ops.divide(ImageOps.gramLoss(grams, target), Ops.sum(Ops.square(target), 1, 2));
      sum = sum == null ? loss : Ops.add(sum, loss);
    }
    return Ops.scale(sum, 1f / means.size());
  }

  @Override
  public void close() {
    program.close();
    means.forEach(Ring::close);
    step.close();
    noise.close();
    images.close();
  }
}
