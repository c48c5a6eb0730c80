package org.stic.training;

import java.util.Map;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsException;
import org.stic.model.Weights;
import org.stic.random.Purpose;
import org.stic.sampler.Drawer;
import org.stic.settings.Configuration;
import org.stic.settings.FeedForwardNetworkSettings;
import org.stic.settings.GlimpseNetworkSettings;
import org.stic.settings.ScoreNetworkSettings;

/**
 * A classifier that draws: its parameters, what an update minimises, its answers about images, and
 * the drawers of images of its classes. Owns its memory on the device.
 */
sealed interface DrawingClassifier extends AutoCloseable
    permits NetworkClassifier, ScoreClassifier {

  /**
   * The classifier of a configuration; its parameters have no useful values yet. From now on the
   * device computes in the configuration's arithmetic.
   *
   * @param data its training images
   */
  static DrawingClassifier of(Device device, Configuration configuration, ImageDataset data) {
    device.useMath(configuration.math());
    return switch (configuration.network()) {
      case FeedForwardNetworkSettings network ->
          new GuidedClassifier(device, configuration, network, data);
      case ScoreNetworkSettings network ->
          new ScoreClassifier(device, configuration, network, data);
      case GlimpseNetworkSettings network ->
          new AttentiveClassifier(device, configuration, network, data);
    };
  }

  /** Where it computes. */
  Device device();

  /** The settings that it was made with. */
  Configuration configuration();

  /** Shape of one image, [channels, height, width]. */
  Shape image();

  /** Number of real classes. */
  int classes();

  /** The parameters. */
  AveragedWeights weights();

  /** Takes the parameters from a file of weights, which begins their average anew. */
  default void begin(PretrainedWeights file) throws SafetensorsException {
    file.restore(weights().trained());
    weights().restart();
  }

  /** Prefix of the parameters whose rows are logits; empty where no layer is the last. */
  default Optional<String> headName() {
    return Optional.empty();
  }

  /**
   * Adds the nodes that classify images.
   *
   * @param images shape [images, channels, height, width]
   * @param noise deviation of the noise that is known to be on them; 0 for clean images
   * @return logits of the classes alone, shape [images, classes]
   */
  Tensor classLogits(Tensor images, double noise, Weights weights);

  /**
   * Adds the nodes of the running statistics as they are after an update, by the names of their
   * parameters; empty where there are none.
   */
  default Map<String, Tensor> statistics(UpdateBatch batch) {
    return Map.of();
  }

  /** Adds the nodes of the loss of an update of the start, a scalar. */
  Tensor startLoss(UpdateBatch batch);

  /** Adds the nodes of the loss of an update of a pass, a scalar. */
  Tensor passLoss(UpdateBatch batch);

  /**
   * Adds the nodes of how much higher the loss of a pass scores real images than drawings, a
   * scalar; empty where it compares no scores.
   */
  default Optional<Tensor> scoreGap(UpdateBatch batch) {
    return Optional.empty();
  }

  /**
   * A drawer of sets of {@code count} images with the averaged parameters; the caller closes it.
   *
   * @param steps approximate steps of each chain
   * @param correctionSteps exact steps after them
   * @param purpose of its random numbers
   */
  Drawer drawer(int steps, int correctionSteps, Purpose purpose, int count);

  /** Elements of one image. */
  default int imageElements() {
    return image().intElements();
  }

  /**
   * The classifier with its averaged parameters, to be measured.
   *
   * @param noise deviation of the noise that is known to be on images; 0 for clean images
   */
  default MeasuredClassifier measured(double noise) {
    return new DrawingSubject(this, noise);
  }

  /** One-hot class weights: image i shows class {@code i mod classes}. */
  default float[] classWeights(int first, int count) {
    float[] weights = new float[count * classes()];
    for (int index = 0; index < count; index++) {
      weights[index * classes() + (first + index) % classes()] = 1;
    }
    return weights;
  }

  @Override
  void close();
}
