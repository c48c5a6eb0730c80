package org.stic.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Dropout;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsException;
import org.stic.model.Weights;
import org.stic.objective.BatchView;
import org.stic.objective.Objective;
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
final class GuidedClassifier implements DrawingClassifier {
  private final Device device;
  private final Configuration configuration;
  private final ClassifierNetwork classifier;
  private final AveragedWeights weights;
  private final SamplerFactory samplers;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  GuidedClassifier(
      Device device,
      Configuration configuration,
      FeedForwardNetworkSettings network,
      ImageDataset data) {
    this.device = device;
    this.configuration = configuration;
    Shape image = Shape.of(data.shape().channels(), data.shape().height(), data.shape().width());
    classifier = network.network(image, data.classNames().size());
    double decay = configuration.pass().optimizer().averageDecay();
    weights = new AveragedWeights(device, classifier.parameters(), decay);
    samplers = samplers(data);
  }

  private SamplerFactory samplers(ImageDataset data) {
    try {
      return new SamplerFactory(
          device,
          (GuidedSamplerSettings) configuration.sampler(),
          configuration.seed(),
          new ImageSampler.Subject(classifier, weights.average()),
          data);
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public Shape image() {
    return classifier.input();
  }

  @Override
  public int classes() {
    return classifier.classes();
  }

  @Override
  public AveragedWeights weights() {
    return weights;
  }

  @Override
  public void begin(PretrainedWeights file) throws SafetensorsException {
    file.restore(weights.trained(), classifier);
    weights.restart();
  }

  @Override
  public Optional<String> headName() {
    return Optional.of(classifier.headName());
  }

  @Override
  public Tensor classLogits(Tensor images, double noise, Weights parameters) {
    return Ops.slice(classifier.apply(images, parameters).logits(), 1, 0, classes());
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
  public Optional<Tensor> scoreGap(UpdateBatch batch) {
    return Objective.gap(passObjectives(batch), view(batch));
  }

  private List<Objective> passObjectives(UpdateBatch batch) {
    return Objective.ofPass(configuration.objective(), batch.kinds(), smoothing());
  }

  private double smoothing() {
    return configuration.regularisation().labelSmoothing();
  }

  @Override
  public Map<String, Tensor> statistics(UpdateBatch batch) {
    return inTraining(noisy(batch), batch).statistics();
  }

  /** Asked twice for a batch, it adds no nodes: equal operations are one node of the graph. */
  private BatchView view(UpdateBatch batch) {
    Tensor noisy = noisy(batch);
    UnaryOperator<Tensor> network = images -> inTraining(images, batch).logits();
    int purpose = Purpose.INTERPOLATION.code();
    return new BatchView(
        noisy,
        network.apply(noisy),
        batch.classWeights(),
        batch.kinds(),
        network,
        shape -> Ops.uniform(batch.step(), configuration.seed(), purpose, shape));
  }

  private ClassifierNetwork.Outputs inTraining(Tensor images, UpdateBatch batch) {
    return classifier.applyInTraining(images, batch.weights(), input -> dropout(input, batch));
  }

  private Tensor noisy(UpdateBatch batch) {
    return Ops.add(batch.images(), noise(batch));
  }

  private Tensor noise(UpdateBatch batch) {
    int purpose = Purpose.INPUT_NOISE.code();
    Tensor normal = Ops.normal(batch.step(), configuration.seed(), purpose, batch.images().shape());
    return Ops.scale(normal, (float) configuration.start().inputNoise());
  }

  private Tensor dropout(Tensor headInput, UpdateBatch batch) {
    float rate = (float) configuration.regularisation().dropout();
    if (rate == 0) {
      return headInput;
    }
    int purpose = Purpose.DROPOUT.code();
    Tensor uniform = Ops.uniform(batch.step(), configuration.seed(), purpose, headInput.shape());
    return new Dropout(rate).apply(headInput, uniform);
  }

  @Override
  public Drawer drawer(int steps, int correctionSteps, Purpose purpose, int count) {
    return samplers.create(steps, correctionSteps, purpose, count);
  }

  @Override
  public void close() {
    samplers.close();
    weights.close();
  }
}
