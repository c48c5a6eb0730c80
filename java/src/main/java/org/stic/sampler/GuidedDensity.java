package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ParameterStore;

/**
 * The log-density of images of given classes:
 *
 * <pre>
 *   U(x; w) = s(x; w) - lambda * sum_l share_l h(|G_l(x) - T_l|_F^2 / divisor_l),
 * </pre>
 *
 * with the class term s of {@link ClassTerm}, the form h of {@link GramLoss} and the targets T of
 * {@link GramTarget}. Each chain has its own class weights w. Owns the memory of the weights and of
 * the targets.
 */
public final class GuidedDensity implements SplitDensity, AutoCloseable {
  private final ClassifierNetwork classifier;
  private final ParameterStore parameters;
  private final ImageSampler.Guidance guidance;
  private final Variable weights;
  private final GramTargets targets;
  private final GramSource source;

  /**
   * A density for a number of chains.
   *
   * @param seed key of the choice of real images
   */
  public GuidedDensity(
      Device device,
      ImageSampler.Subject subject,
      ImageSampler.Guidance guidance,
      long seed,
      int chains) {
    this.guidance = guidance;
    classifier = subject.classifier();
    parameters = subject.parameters();
    weights = Variable.allocate(device, "class-weights", Shape.of(chains, classifier.classes()));
    GramLayers layers = guidance.gram().layers();
    targets = new GramTargets(device, layers, chains);
    source =
        switch (guidance.gram().target()) {
          case GramTarget.ClassMean mean ->
              new ClassMeanSource(device, mean.grams(), targets, weights);
          case GramTarget.OneImage image ->
              new OneImageSource(device, image.images(), layers, parameters, targets, seed, chains);
          case GramTarget.Supplied supplied -> supplied.supply().source(targets);
        };
  }

  /**
   * Sets the class weights of all chains and recomputes the Gram targets with the classifier's
   * current parameters.
   *
   * @param classWeights one row of class weights per chain
   * @param canvases number of each chain's canvas
   */
  public void condition(float[] classWeights, int[] canvases) {
    weights.upload(classWeights);
    if (hasLayers()) {
      source.set(classWeights, canvases);
    }
  }

  @Override
  public Tensor of(Tensor position) {
    return weighted(1, guidance.gram().weight()).of(position);
  }

  @Override
  public LogDensity weighted(double classWeight, double gramWeight) {
    return position -> {
      Terms terms = terms(position);
      Tensor classPart = Ops.scale(terms.classTerm(), (float) classWeight);
      return gramWeight != 0 && hasLayers()
          ? Ops.subtract(classPart, Ops.scale(terms.gramLoss(), (float) gramWeight))
          : classPart;
    };
  }

  /** The two parts of the density before weighting; the Gram loss is zero without layers. */
  public Terms terms(Tensor position) {
    Graph graph = position.graph();
    ClassifierNetwork.Outputs outputs = classifier.apply(position, parameters.read(graph));
    Tensor classTerm = guidance.classTerm().of(outputs.logits(), graph.read(weights));
    Tensor loss =
        hasLayers()
            ? targets.loss(guidance.gram().layers().of(position, outputs), guidance.gram().loss())
            : graph.constant(classTerm.shape(), 0);
    return new Terms(classTerm, loss);
  }

  private boolean hasLayers() {
    return guidance.gram().layers().count() > 0;
  }

  /**
   * The parts of the density of each chain.
   *
   * @param classTerm s, shape [chains]
   * @param gramLoss the loss that lambda weighs, shape [chains]
   */
  public record Terms(Tensor classTerm, Tensor gramLoss) {}

  @Override
  public void close() {
    source.close();
    targets.close();
    weights.close();
  }
}
