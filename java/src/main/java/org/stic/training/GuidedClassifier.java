package org.stic.training;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsException;
import org.stic.objective.BatchView;
import org.stic.random.Purpose;
import org.stic.sampler.Drawer;
import org.stic.sampler.ImageSampler;
import org.stic.settings.Configuration;
import org.stic.settings.FeedForwardNetworkSettings;
import org.stic.settings.GuidedSamplerSettings;

/**
 * A feed-forward classifier that draws by climbing its logits, guided by Gram matrices of real
 * images.
 */
final class GuidedClassifier extends NetworkClassifier<ClassifierNetwork> {
  private final SamplerFactory samplers;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  GuidedClassifier(
      Device device,
      Configuration configuration,
      FeedForwardNetworkSettings network,
      ImageDataset data) {
    super(device, configuration, network(network, data));
    samplers = samplers(data);
  }

  private static ClassifierNetwork network(FeedForwardNetworkSettings network, ImageDataset data) {
    Shape image = Shape.of(data.shape().channels(), data.shape().height(), data.shape().width());
    return network.network(image, data.classNames().size());
  }

  private SamplerFactory samplers(ImageDataset data) {
    try {
      return new SamplerFactory(
          device(),
          (GuidedSamplerSettings) configuration().sampler(),
          configuration().seed(),
          new ImageSampler.Subject(network(), weights().average()),
          data);
    } catch (RuntimeException e) {
      super.close();
      throw e;
    }
  }

  @Override
  public void begin(PretrainedWeights file) throws SafetensorsException {
    file.restore(weights().trained(), network());
    weights().restart();
  }

  @Override
  public Optional<String> headName() {
    return Optional.of(network().headName());
  }

  @Override
  public Map<String, Tensor> statistics(UpdateBatch batch) {
    return inTraining(noisy(batch.images(), batch), batch).statistics();
  }

  /** Asked twice for a batch, it adds no nodes: equal operations are one node of the graph. */
  @Override
  BatchView view(UpdateBatch batch) {
    Tensor noisy = noisy(batch.images(), batch);
    UnaryOperator<Tensor> logits = images -> inTraining(images, batch).logits();
    return new BatchView(
        noisy,
        logits.apply(noisy),
        batch.classWeights(),
        batch.kinds(),
        logits,
        shape -> uniform(batch, Purpose.INTERPOLATION, shape));
  }

  private ClassifierNetwork.Outputs inTraining(Tensor images, UpdateBatch batch) {
    return network().applyInTraining(images, batch.weights(), input -> dropout(input, batch));
  }

  @Override
  public Drawer drawer(int steps, int correctionSteps, Purpose purpose, int count) {
    return samplers.create(steps, correctionSteps, purpose, count);
  }

  @Override
  public void close() {
    samplers.close();
    super.close();
  }
}
