package org.stic.training;

import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.NoiseRange;
import org.stic.model.ScoreNetwork;
import org.stic.model.Weights;
import org.stic.random.Purpose;
import org.stic.sampler.AnnealedSampler;
import org.stic.sampler.Drawer;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.NoiseLevels;
import org.stic.sampler.NoisyGrams;
import org.stic.sampler.ScoreGuidance;
import org.stic.settings.AnnealedSamplerSettings;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ScoreNetworkSettings;

/**
 * A classifier of noisy images that draws with the score of its own log-densities: Score-STIC. Owns
 * its memory on the device.
 */
final class ScoreClassifier implements DrawingClassifier {
  private final Device device;
  private final Configuration configuration;
  private final ScoreNetworkSettings settings;
  private final AnnealedSamplerSettings sampling;
  private final ScoreNetwork network;
  private final ScoreLoss loss;
  private final AveragedWeights weights;
  private final NoiseLevels levels;
  private final NoisyGrams grams;
  private final float[] mean;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  ScoreClassifier(
      Device device,
      Configuration configuration,
      ScoreNetworkSettings settings,
      ImageDataset data) {
    this.device = device;
    this.configuration = configuration;
    this.settings = settings;
    sampling = (AnnealedSamplerSettings) configuration.sampler();
    long seed = configuration.seed();
    ReferenceImages references = new ReferenceImages(data);
    float[] examples = references.ofEachClass(sampling.gramImages(), seed);
    mean = references.meanImage();
    Shape image = Shape.of(data.shape().channels(), data.shape().height(), data.shape().width());
    NoiseRange noise = settings.noise();
    network =
        new ScoreNetwork(
            image, data.classNames().size(), settings.widths(), noise, settings.dataDeviation());
    loss = new ScoreLoss(configuration, settings, network);
    double decay = configuration.pass().optimizer().averageDecay();
    weights = new AveragedWeights(device, network.parameters(), decay);
    levels = new NoiseLevels(noise, sampling.levels());
    grams = new NoisyGrams(device, network, weights.average(), levels, examples, seed);
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
    return network.input();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public AveragedWeights weights() {
    return weights;
  }

  @Override
  public Tensor classLogits(Tensor images, double noise, Weights parameters) {
    Graph graph = images.graph();
    double known = Math.clamp(noise, settings.lowestNoise(), settings.highestNoise());
    Tensor deviation = graph.constant(Shape.of(1, 1), (float) known);
    return Ops.slice(network.apply(images, deviation, parameters).logits(), 1, 0, classes());
  }

  @Override
  public Tensor startLoss(UpdateBatch batch) {
    return loss.ofStart(batch);
  }

  @Override
  public Tensor passLoss(UpdateBatch batch) {
    return loss.ofPass(batch);
  }

  @Override
  public Drawer drawer(int steps, int correctionSteps, Purpose purpose, int count) {
    AnnealedSamplerSettings.requireWholeLevels("the number of steps", steps, levels.count());
    if (correctionSteps > 0) {
      throw new ConfigurationException(
          "sampler.kind 'annealed-langevin' has no exact steps: their number must be 0, not "
              + correctionSteps);
    }
    ScoreGuidance.Strength strength =
        new ScoreGuidance.Strength(
            (float) sampling.guidance(),
            (float) sampling.gramWeight(),
            (float) sampling.fakeWeight());
    return new AnnealedSampler(
        device,
        image(),
        new ScoreGuidance(device, network, weights.average(), grams, strength, count),
        new AnnealedSampler.Setup(
            levels,
            steps / levels.count() - 1,
            (float) sampling.stepScale(),
            (float) sampling.temperature(),
            mean,
            new ImageSampler.Noise(configuration.seed(), purpose)),
        count);
  }

  @Override
  public void close() {
    grams.close();
    weights.close();
  }
}
