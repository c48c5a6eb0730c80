package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ParameterStore;
import org.stic.model.ScoreNetwork;

/**
 * What the chains of a score network climb at noise s:
 *
 * <pre>
 *   log p_s(x, w) + (a - 1) sum_k w_k log softmax_K(n)_k + b sum_k w_k log softmax_{K+1}(n)_k
 *       - (g / s) L(x; w),
 * </pre>
 *
 * the density of the wanted classes with their posterior to the power a, the posterior against
 * drawings with weight b, and the Gram loss L of {@link NoisyGrams}. Each chain has its own class
 * weights w. Owns their memory.
 *
 * <p>Source of the power: Dhariwal and Nichol, "Diffusion models beat GANs on image synthesis",
 * 2021; here the classifier is the network itself.
 */
public final class ScoreGuidance implements NoisyDensity, AutoCloseable {
  private final ScoreNetwork network;
  private final ParameterStore parameters;
  private final NoisyGrams grams;
  private final Strength strength;
  private final Variable classWeights;

  /**
   * How strongly the chains are guided.
   *
   * @param classPower a
   * @param gramWeight g
   * @param fakeWeight b
   */
  public record Strength(float classPower, float gramWeight, float fakeWeight) {}

  /**
   * Guidance of a number of chains.
   *
   * @param parameters of the network, read at each step
   * @param grams of the same network; brought up to date at each {@link #condition}
   */
  public ScoreGuidance(
      Device device,
      ScoreNetwork network,
      ParameterStore parameters,
      NoisyGrams grams,
      Strength strength,
      int chains) {
    this.network = network;
    this.parameters = parameters;
    this.grams = grams;
    this.strength = strength;
    classWeights = Variable.allocate(device, "class-weights", Shape.of(chains, network.classes()));
  }

  /** Sets the class weights, one row per chain, and brings the Gram targets up to date. */
  void condition(float[] rows) {
    classWeights.upload(rows);
    if (strength.gramWeight() != 0) {
      grams.update();
    }
  }

  /** Adds the nodes by which the next level's targets are seen. */
  void atNextLevel(Graph graph) {
    if (strength.gramWeight() != 0) {
      grams.turn(graph);
    }
  }

  @Override
  public Tensor of(Tensor position, Tensor noise) {
    Graph graph = position.graph();
    ScoreNetwork.Outputs outputs = network.apply(position, noise, parameters.read(graph));
    Tensor weights = graph.read(classWeights);
    Tensor density = outputs.logDensity(weights);
    density = addScaled(density, strength.classPower() - 1, posterior(outputs, weights, 0));
    density = addScaled(density, strength.fakeWeight(), posterior(outputs, weights, 1));
    if (strength.gramWeight() == 0) {
      return density;
    }
    Tensor loss = grams.loss(outputs.features(), weights);
    Tensor factor = Ops.scale(Ops.reciprocal(noise), -strength.gramWeight());
    return Ops.add(density, Ops.multiply(Ops.reshape(factor, Shape.SCALAR), loss));
  }

  private static Tensor addScaled(Tensor sum, float factor, Tensor term) {
    return factor == 0 ? sum : Ops.add(sum, Ops.scale(term, factor));
  }

  /** {@code sum_k w_k log softmax(n)_k} over the classes and {@code others} more logits. */
  private Tensor posterior(ScoreNetwork.Outputs outputs, Tensor weights, int others) {
    int classes = network.classes();
    Tensor logs = Ops.logSoftmax(Ops.slice(outputs.logits(), 1, 0, classes + others));
    return Ops.sum(Ops.multiply(weights, Ops.slice(logs, 1, 0, classes)), 1);
  }

  /** {@code sum_k w_k log softmax_K(n)_k} of each chain, shape [chains]. */
  Tensor classTerm(Tensor position, Tensor noise) {
    Graph graph = position.graph();
    return posterior(
        network.apply(position, noise, parameters.read(graph)), graph.read(classWeights), 0);
  }

  @Override
  public void close() {
    classWeights.close();
  }
}
