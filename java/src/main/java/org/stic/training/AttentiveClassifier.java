package org.stic.training;

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
import org.stic.objective.BatchPart;
import org.stic.objective.BatchView;
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
final class AttentiveClassifier extends NetworkClassifier<AttentiveNetwork> {
  private final TrainingWindows windows;
  private final boolean usesHead;
  private final AttentiveSamplerFactory samplers;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  AttentiveClassifier(
      Device device,
      Configuration configuration,
      GlimpseNetworkSettings settings,
      ImageDataset data) {
    super(device, configuration, network(settings, data));
    AttentiveSamplerSettings sampling = (AttentiveSamplerSettings) configuration.sampler();
    Sight sight = network().sight();
    double finest = Math.min(sampling.windows().finestStride(), sight.wholeStride());
    windows = new TrainingWindows(sight, settings.wholeShare(), finest);
    usesHead = sampling.windows().choice() == WindowChoice.HEAD;
    samplers = samplers(sampling, data);
  }

  private static AttentiveNetwork network(GlimpseNetworkSettings settings, ImageDataset data) {
    Sight sight = sight(settings, data);
    int classes = data.classNames().size();
    return new AttentiveNetwork(
        ConvClassifier.of(sight.glimpse(), classes, settings.convolutions()),
        sight,
        settings.grid());
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
          device(),
          sampling,
          configuration().seed(),
          new AttentiveSampler.Subject(network(), weights().average()),
          data);
    } catch (RuntimeException e) {
      super.close();
      throw e;
    }
  }

  @Override
  public Tensor startLoss(UpdateBatch batch) {
    return Ops.add(super.startLoss(batch), headLoss(batch));
  }

  @Override
  public Tensor passLoss(UpdateBatch batch) {
    return Ops.add(super.passLoss(batch), headLoss(batch));
  }

  @Override
  BatchView view(UpdateBatch batch) {
    Tensor noisy = noisy(windows.read(batch.images(), windowNumbers(batch)), batch);
    UnaryOperator<Tensor> logits =
        glimpses ->
            network()
                .glimpses()
                .applyInTraining(glimpses, batch.weights(), input -> dropout(input, batch))
                .logits();
    return new BatchView(
        noisy,
        logits.apply(noisy),
        batch.classWeights(),
        batch.kinds(),
        logits,
        shape -> uniform(batch, Purpose.INTERPOLATION, shape));
  }

  private Tensor windowNumbers(UpdateBatch batch) {
    Shape shape = TrainingWindows.uniforms(batch.kinds().total());
    return uniform(batch, Purpose.WINDOW_TRAINING, shape);
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
    Tensor logits = network().chosenLogits(real, strides, batch.weights());
    Tensor targets = Ops.slice(batch.classWeights(), 0, from, from + count);
    return Ops.mean(Ops.crossEntropy(Ops.slice(logits, 1, 0, classes()), targets));
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
