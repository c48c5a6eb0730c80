package org.stic.bench;

import java.util.List;
import java.util.Random;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.sampler.ClassGrams;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramLoss;
import org.stic.sampler.GramTarget;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.ShortRun;
import org.stic.sampler.Walk;

/**
 * The recipe's classifier of MNIST-sized images on a device, and what guides its chains: Gram
 * matrices of its first two layers with the classes' means as targets. It is untrained and the
 * images are noise, which costs the same. Owns its memory, but not the device.
 */
public final class Recipe implements AutoCloseable {
  /** Classes of the classifier. */
  public static final int CLASSES = 10;

  /** Shape of one image. */
  public static final Shape IMAGE = Shape.of(1, 28, 28);

  static final List<ConvolutionSettings> CONVOLUTIONS =
      List.of(
          new ConvolutionSettings(16, 4, 2, 1),
          new ConvolutionSettings(32, 4, 2, 1),
          new ConvolutionSettings(64, 3, 1, 1),
          new ConvolutionSettings(64, 4, 2, 1));
  private static final double GRAM_WEIGHT = 20;
  private static final float TEMPERATURE = 1e-4f;

  private final ConvClassifier classifier = ConvClassifier.of(IMAGE, CLASSES, CONVOLUTIONS);
  private final ParameterStore parameters;
  private final GramLayers layers;
  private final ClassGrams classGrams;

  /**
   * Initialises the classifier.
   *
   * @param imagesPerClass images that the targets are means over
   */
  public Recipe(Device device, int imagesPerClass) {
    parameters = new ParameterStore(device, "parameters", classifier.parameters());
    parameters.initialise(1, Purpose.INITIALISATION);
    layers =
        new GramLayers(
            classifier, null, List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 1)));
    float[] images = noise(CLASSES * imagesPerClass * IMAGE.intElements());
    classGrams = new ClassGrams(device, layers, parameters, images, imagesPerClass);
  }

  /** The classifier with its parameters. */
  public ImageSampler.Subject subject() {
    return new ImageSampler.Subject(classifier, parameters);
  }

  /** The class term and the Gram term. */
  public ImageSampler.Guidance guidance() {
    GramTarget target = new GramTarget.ClassMean(classGrams);
    return new ImageSampler.Guidance(
        new ClassTerm.LogSigmoid(),
        new ImageSampler.Gram(GRAM_WEIGHT, layers, GramLoss.QUADRATIC, target));
  }

  /** The rule of the approximate steps. */
  static Walk walk() {
    return new Walk.Ascent(1, TEMPERATURE, new ShortRun.StepShape(null, 0, 0));
  }

  /** One class after another, one row for each chain. */
  public static float[] classWeights(int chains) {
    float[] weights = new float[chains * CLASSES];
    for (int chain = 0; chain < chains; chain++) {
      weights[chain * CLASSES + chain % CLASSES] = 1;
    }
    return weights;
  }

  /** Numbers uniform in [-1, 1), the same each time. */
  public static float[] noise(int count) {
    float[] values = new float[count];
    Random random = new Random(1);
    for (int index = 0; index < count; index++) {
      values[index] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  @Override
  public void close() {
    classGrams.close();
    parameters.close();
  }
}
