package org.stic.training;

import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Dropout;
import org.stic.model.Weights;
import org.stic.objective.BatchView;
import org.stic.objective.Objective;
import org.stic.random.Purpose;
import org.stic.settings.Configuration;

/**
 * A classifier whose answers are the logits of one feed-forward network, and whose updates minimise
 * a sum of objectives on what that network sees of a batch. Owns the parameters' memory on the
 * device.
 *
 * @param <N> the network's kind
 */
abstract sealed class NetworkClassifier<N extends ClassifierNetwork> implements DrawingClassifier
    permits GuidedClassifier, AttentiveClassifier {
  private final Device device;
  private final Configuration configuration;
  private final N network;
  private final AveragedWeights weights;

  /** A classifier whose parameters have no useful values yet. */
  NetworkClassifier(Device device, Configuration configuration, N network) {
    this.device = device;
    this.configuration = configuration;
    this.network = network;
    double decay = configuration.pass().optimizer().averageDecay();
    weights = new AveragedWeights(device, network.parameters(), decay);
  }

  /** Adds the nodes of what an update sees of a batch, and of what the network says of it. */
  abstract BatchView view(UpdateBatch batch);

  final N network() {
    return network;
  }

  @Override
  public final Device device() {
    return device;
  }

  @Override
  public final Configuration configuration() {
    return configuration;
  }

  @Override
  public final Shape image() {
    return network.input();
  }

  @Override
  public final int classes() {
    return network.classes();
  }

  @Override
  public final AveragedWeights weights() {
    return weights;
  }

  @Override
  public final Tensor classLogits(Tensor images, double noise, Weights parameters) {
    return Ops.slice(network.apply(images, parameters).logits(), 1, 0, classes());
  }

  @Override
  public Tensor startLoss(UpdateBatch batch) {
    return Objective.sum(Objective.ofStart(batch.kinds(), smoothing()), view(batch));
  }

  @Override
  public Tensor passLoss(UpdateBatch batch) {
    return Objective.sum(passObjectives(batch), view(batch));
  }

  @Override
  public final Optional<Tensor> scoreGap(UpdateBatch batch) {
    return Objective.gap(passObjectives(batch), view(batch));
  }

  private List<Objective> passObjectives(UpdateBatch batch) {
    return Objective.ofPass(configuration.objective(), batch.kinds(), smoothing());
  }

  private double smoothing() {
    return configuration.regularisation().labelSmoothing();
  }

  /** Adds the noise that training puts on images. */
  final Tensor noisy(Tensor images, UpdateBatch batch) {
    Tensor normal =
        Ops.normal(batch.step(), configuration.seed(), Purpose.INPUT_NOISE.code(), images.shape());
    return Ops.add(images, Ops.scale(normal, (float) configuration.start().inputNoise()));
  }

  /** Numbers uniform in [0, 1) of an update. */
  final Tensor uniform(UpdateBatch batch, Purpose purpose, Shape shape) {
    return Ops.uniform(batch.step(), configuration.seed(), purpose.code(), shape);
  }

  /** Drops inputs of the last layer at the configuration's rate. */
  final Tensor dropout(Tensor headInput, UpdateBatch batch) {
    float rate = (float) configuration.regularisation().dropout();
    return rate == 0
        ? headInput
        : new Dropout(rate).apply(headInput, uniform(batch, Purpose.DROPOUT, headInput.shape()));
  }

  @Override
  public void close() {
    weights.close();
  }
}
