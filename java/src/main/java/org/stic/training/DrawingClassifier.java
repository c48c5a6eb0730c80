package org.stic.training;

import java.util.Map;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ParameterStore;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.sampler.Canvas;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.GramTargets;
import org.stic.sampler.ImageSampler;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.SamplerSettings;

/**
 * A classifier with what it needs to draw: its parameters, the class Grams over real images, and
 * the canvas. Owns its memory on the device.
 */
final class DrawingClassifier implements AutoCloseable {
  private final Device device;
  private final Configuration configuration;
  private final ConvClassifier classifier;
  private final ParameterStore parameters;
  private final GramTargets gramTargets;
  private final Canvas canvas;

  /**
   * A classifier whose parameters have no useful values yet; {@code data} are its training images.
   */
  DrawingClassifier(Device device, Configuration configuration, ImageDataset data) {
    this.device = device;
    this.configuration = configuration;
    SamplerSettings sampler = configuration.sampler();
    Shape image = Shape.of(data.shape().channels(), data.shape().height(), data.shape().width());
    classifier =
        ConvClassifier.of(
            image,
            data.classNames().size(),
            configuration.network().convolutions(),
            sampler.gramLayers());
    parameters = new ParameterStore(device, "parameters", classifier.parameters());
    float[] gramImages = gramImages(data, sampler.gramImages(), configuration.seed());
    gramTargets = new GramTargets(device, classifier, parameters, gramImages, sampler.gramImages());
    canvas =
        new Canvas(canvasValue(data, sampler), (float) sampler.canvasNoise(), image.intElements());
  }

  private static float canvasValue(ImageDataset data, SamplerSettings sampler) {
    return switch (sampler.canvas()) {
      case BLACK -> -1;
      case MEAN -> meanPixel(data);
    };
  }

  private static float meanPixel(ImageDataset data) {
    float[] image = new float[data.shape().elements()];
    double sum = 0;
    for (int index = 0; index < data.count(); index++) {
      data.readImage(index, image, 0);
      for (float pixel : image) {
        sum += pixel;
      }
    }
    return (float) (sum / ((double) data.count() * image.length));
  }

  /** The same number of training images of each class, one class after another. */
  private static float[] gramImages(ImageDataset data, int perClass, long seed) {
    int elements = data.shape().elements();
    int classes = data.classNames().size();
    float[] images = new float[Math.multiplyExact(classes * perClass, elements)];
    for (int label = 0; label < classes; label++) {
      int[] chosen = chooseOfClass(data, label, perClass, seed);
      for (int place = 0; place < perClass; place++) {
        data.readImage(chosen[place], images, (label * perClass + place) * elements);
      }
    }
    return images;
  }

  /** Without repetition while the class has enough images. */
  private static int[] chooseOfClass(ImageDataset data, int label, int count, long seed) {
    int[] candidates = data.indicesOfClass(label);
    if (candidates.length == 0) {
      throw new ConfigurationException(
          "the %d training images of %s show no '%s'; raise data_selection.training_images"
              .formatted(data.count(), data.name(), data.classNames().get(label)));
    }
    PhiloxGenerator random = new RandomKey(seed, Purpose.GRAM_IMAGES, label, 0).generator();
    int[] chosen = new int[count];
    for (int place = 0; place < count; place++) {
      int rest = candidates.length - place % candidates.length;
      int picked = random.nextInt(rest);
      chosen[place] = candidates[picked];
      candidates[picked] = candidates[rest - 1];
      candidates[rest - 1] = chosen[place];
    }
    return chosen;
  }

  ConvClassifier classifier() {
    return classifier;
  }

  ParameterStore parameters() {
    return parameters;
  }

  Configuration configuration() {
    return configuration;
  }

  /** Elements of one image. */
  int imageElements() {
    return canvas.elements();
  }

  /**
   * A sampler of sets of {@code count} images with the current parameters; the caller closes it.
   *
   * @param purpose of its random numbers
   */
  ImageSampler sampler(int steps, int correctionSteps, Purpose purpose, int count) {
    SamplerSettings settings = configuration.sampler();
    ChainPlan plan =
        new ChainPlan(
            steps,
            (float) settings.stepSize(),
            (float) settings.temperature(),
            correctionSteps,
            (float) settings.correctionStepSize(),
            (float) settings.correctionTemperature());
    return new ImageSampler(
        device,
        new ImageSampler.Subject(classifier, parameters, gramTargets),
        new ImageSampler.Guidance(settings.classTerm(), settings.gramWeight()),
        plan,
        canvas,
        new ImageSampler.Noise(configuration.seed(), purpose),
        count);
  }

  /** Runs the classifier over images; the caller closes it. Output "logits", one row of classes. */
  Predictor predictor(int batch) {
    return new Predictor(
        device,
        classifier.input(),
        batch,
        images ->
            Map.of(
                "logits",
                Ops.slice(
                    classifier.apply(images, parameters.read(images.graph())).logits(),
                    1,
                    0,
                    classifier.classes())));
  }

  /** One-hot class weights: image i shows class {@code i mod classes}. */
  float[] classWeights(int first, int count) {
    int classes = classifier.classes();
    float[] weights = new float[count * classes];
    for (int index = 0; index < count; index++) {
      weights[index * classes + (first + index) % classes] = 1;
    }
    return weights;
  }

  @Override
  public void close() {
    gramTargets.close();
    parameters.close();
  }
}
