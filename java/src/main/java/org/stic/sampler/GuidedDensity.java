package org.stic.sampler;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ConvClassifier;
import org.stic.model.ParameterStore;

/**
 * The log-density of images of given classes:
 *
 * <pre>
 *   U(x; w) = s(x; w) - lambda * mean_l |G_l(x) - T_l|_F^2 / |T_l|_F^2,   T_l = sum_k w_k A_l^k,
 * </pre>
 *
 * with the class term s of {@link ClassTerm} and the class Grams A of {@link GramTargets}. Each
 * chain has its own class weights w. Owns the memory of the weights and of the targets.
 */
final class GuidedDensity implements LogDensity, AutoCloseable {
  private final ConvClassifier classifier;
  private final ParameterStore parameters;
  private final ClassTerm classTerm;
  private final float gramWeight;
  private final GramTargets classGrams;
  private final Variable weights;
  private final List<Variable> targets = new ArrayList<>();
  private final Program mixTargets;

  /** A density for a number of chains; the class means are updated at each {@link #condition}. */
  GuidedDensity(
      Device device, ImageSampler.Subject subject, ImageSampler.Guidance guidance, int chains) {
    classifier = subject.classifier();
    parameters = subject.parameters();
    classGrams = subject.classGrams();
    classTerm = guidance.classTerm();
    gramWeight = (float) guidance.gramWeight();
    weights = Variable.allocate(device, "class-weights", Shape.of(chains, classifier.classes()));
    Graph graph = new Graph();
    for (Variable mean : classGrams.means()) {
      Tensor mixed = Ops.matmul(graph.read(weights), graph.read(mean));
      int channels = (int) Math.round(Math.sqrt(mean.shape().dim(1)));
      Variable target =
          Variable.allocate(
              device, "gram-target-" + targets.size(), Shape.of(chains, channels, channels));
      graph.assign(target, mixed);
      targets.add(target);
    }
    mixTargets = Program.compile(device, graph);
  }

  /**
   * Sets the class weights of all chains and recomputes the Gram targets with the classifier's
   * current parameters.
   *
   * @param classWeights one row of class weights per chain
   */
  void condition(float[] classWeights) {
    weights.upload(classWeights);
    if (!targets.isEmpty()) {
      classGrams.update();
      mixTargets.run();
    }
  }

  @Override
  public Tensor of(Tensor position) {
    Terms terms = terms(position);
    return usesGram()
        ? Ops.subtract(terms.classTerm(), Ops.scale(terms.gramLoss(), gramWeight))
        : terms.classTerm();
  }

  /**
   * The two parts of the density before weighting; the Gram loss is zero where no layer has one.
   */
  Terms terms(Tensor position) {
    Graph graph = position.graph();
    ConvClassifier.Outputs outputs = classifier.apply(position, parameters.read(graph));
    Tensor classValue = classTerm.of(outputs.logits(), graph.read(weights));
    Tensor loss = graph.constant(classValue.shape(), 0);
    for (int layer = 0; layer < targets.size(); layer++) {
      Tensor gram = GramTargets.gram(outputs.features().get(layer));
      loss = Ops.add(loss, Ops.gramLoss(gram, graph.read(targets.get(layer))));
    }
    return new Terms(classValue, Ops.scale(loss, 1f / Math.max(1, targets.size())));
  }

  private boolean usesGram() {
    return gramWeight != 0 && !targets.isEmpty();
  }

  /**
   * The parts of the density of each chain.
   *
   * @param classTerm s, shape [chains]
   * @param gramLoss mean relative Gram loss, shape [chains]
   */
  record Terms(Tensor classTerm, Tensor gramLoss) {}

  @Override
  public void close() {
    mixTargets.close();
    targets.forEach(Variable::close);
    weights.close();
  }
}
