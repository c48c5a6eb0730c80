package org.stic.training;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stic.attention.AttentiveNetwork;
import org.stic.attention.AttentiveSampler;
import org.stic.attention.Sight;
import org.stic.attention.TrainingWindows;
import org.stic.attention.WindowChoice;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ConvClassifier;
import org.stic.model.Dropout;
import org.stic.model.Weights;
import org.stic.objective.BatchPart;
import org.stic.objective.BatchView;
import org.stic.objective.Objective;
import org.stic.random.Purpose;
import org.stic.sampler.Drawer;
import org.stic.settings.AttentiveSamplerSettings;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.GlimpseNetworkSettings;

/**
 * A classifier of large canvases that sees them through small windows and draws window by window:
 * Attentive-STIC. An update sees each image, real or drawn, through one random window; noise is
 * added to what is seen. A head that places windows learns beside, from real images. Owns its
 * memory on the device.
 */
final class AttentiveClassifier implements DrawingClassifier {
  private final Device device;
  private final Configuration configuration;
  private final AttentiveNetwork network;
  private final TrainingWindows windows;
  private final boolean usesHead;
  private final AveragedWeights weights;
  private final AttentiveSamplerFactory samplers;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  AttentiveClassifier(
      Device device,
      Configuration configuration,
      GlimpseNetworkSettings settings,
      ImageDataset data) {
    this.device = device;
    this.configuration = configuration;
    Sight sight = sight(settings, data);
    AttentiveSamplerSettings sampling = (AttentiveSamplerSettings) configuration.sampler();
    int classes = data.classNames().size();
    network =
        new AttentiveNetwork(
            ConvClassifier.of(sight.glimpse(), classes, settings.convolutions()),
            sight,
            settings.grid());
    double finest = Math.min(sampling.windows().finestStride(), sight.wholeStride());
    windows = new TrainingWindows(sight, settings.wholeShare(), finest);
    usesHead = sampling.windows().choice() == WindowChoice.HEAD;
    double decay = configuration.pass().optimizer().averageDecay();
    weights = new AveragedWeights(device, network.parameters(), decay);
    samplers = samplers(sampling, data);
  }

  private static Sight sight(GlimpseNetworkSettings settings, ImageDataset data) {
    Shape canvas = Shape.of(data.shape().channels(), data.shape().height(), data.shape().width());
    int least = Math.min(canvas.dim(1), canvas.dim(2));
    if (settings.side() > least) {
      throw new ConfigurationException(
          "network.side must be at most %d, the smaller side of the images of %s, not %d"
              .formatted(least, data.name(), settings.side()));
    }
    return new Sight(canvas, settings.side(), settings.width());
  }

  private AttentiveSamplerFactory samplers(AttentiveSamplerSettings sampling, ImageDataset data) {
    try {
      return new AttentiveSamplerFactory(
          device,
          sampling,
          configuration.seed(),
          new AttentiveSampler.Subject(network, weights.average()),
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
    return Ops.slice(network.apply(images, parameters).logits(), 1, 0, classes());
  }

  @Override
  public Tensor startLoss(UpdateBatch batch) {
    Tensor loss = Objective.sum(Objective.ofStart(batch.kinds(), smoothing()), view(batch));
    return Ops.add(loss, headLoss(batch));
  }

  @Override
  public Tensor passLoss(UpdateBatch batch) {
    return Ops.add(Objective.sum(passObjectives(batch), view(batch)), headLoss(batch));
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

  private BatchView view(UpdateBatch batch) {
    Tensor seen = windows.read(batch.images(), windowNumbers(batch));
    Tensor noise = random(batch, Purpose.INPUT_NOISE, seen.shape(), true);
    Tensor noisy = Ops.add(seen, Ops.scale(noise, (float) configuration.start().inputNoise()));
    UnaryOperator<Tensor> glimpses =
        images ->
            network
                .glimpses()
                .applyInTraining(images, batch.weights(), input -> dropout(input, batch))
                .logits();
    return new BatchView(
        noisy,
        glimpses.apply(noisy),
        batch.classWeights(),
        batch.kinds(),
        glimpses,
        shape -> random(batch, Purpose.INTERPOLATION, shape, false));
  }

  private Tensor windowNumbers(UpdateBatch batch) {
    Shape shape = TrainingWindows.uniforms(batch.kinds().total());
    return random(batch, Purpose.WINDOW_TRAINING, shape, false);
  }

  /** Cross-entropy of the real images through the windows that the head chooses. */
  private Tensor headLoss(UpdateBatch batch) {
    int from = BatchPart.REAL.from(batch.kinds());
    int count = BatchPart.REAL.count(batch.kinds());
    if (count == 0 || !usesHead) {
      return batch.graph().constant(Shape.SCALAR, 0);
    }
    Tensor real = Ops.slice(batch.images(), 0, from, from + count);
    Tensor numbers = Ops.slice(windowNumbers(batch), 0, from, from + count);
    Tensor strides = windows.strides(Ops.slice(numbers, 1, 0, 1));
    Tensor logits = network.chosenLogits(real, strides, batch.weights());
    Tensor targets = Ops.slice(batch.classWeights(), 0, from, from + count);
    return Ops.mean(Ops.crossEntropy(Ops.slice(logits, 1, 0, classes()), targets));
  }

  private Tensor random(UpdateBatch batch, Purpose purpose, Shape shape, boolean isNormal) {
    long seed = configuration.seed();
    return isNormal
        ? Ops.normal(batch.step(), seed, purpose.code(), shape)
        : Ops.uniform(batch.step(), seed, purpose.code(), shape);
  }

  private Tensor dropout(Tensor headInput, UpdateBatch batch) {
    float rate = (float) configuration.regularisation().dropout();
    return rate == 0
        ? headInput
        : new Dropout(rate)
            .apply(headInput, random(batch, Purpose.DROPOUT, headInput.shape(), false));
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
