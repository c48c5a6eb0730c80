package org.stic.sampler;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/** A small random classifier to draw with: three classes, two Gram layers, awkward sizes. */
abstract class SmallClassifier {
  static final Shape IMAGE = Shape.of(2, 9, 7);
  static final int ELEMENTS = 2 * 9 * 7;
  static final int CLASSES = 3;
  static final int PER_CLASS = 4;
  static final float GRAM_WEIGHT = 2;
  static final float[] MIXED = {1, 0, 0, 0, 1, 0, 0, .25f, .75f, .5f, .5f, 0, 0, 0, 1};

  Device device;
  ConvClassifier classifier;
  ParameterStore parameters;
  GramLayers layers;
  ClassGrams targets;
  float[] gramImages;

  @BeforeEach
  void build() {
    device = TestDevice.open();
    classifier =
        ConvClassifier.of(
            IMAGE,
            CLASSES,
            List.of(new ConvolutionSettings(5, 4, 2, 1), new ConvolutionSettings(6, 3, 1, 1)));
    parameters = new ParameterStore(device, "parameters", classifier.parameters());
    parameters.initialise(3, Purpose.INITIALISATION);
    parameters.view("head.weight").upload(normals(5 * 6 * 4 * 3, .2f, 5));
    gramImages = normals(CLASSES * PER_CLASS * ELEMENTS, .5f, 1);
    layers =
        new GramLayers(
            classifier, null, List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 3)));
    targets = new ClassGrams(device, layers, parameters, gramImages, PER_CLASS);
  }

  @AfterEach
  void release() {
    targets.close();
    parameters.close();
    device.close();
  }

  ImageSampler.Guidance guidance(ClassTerm term) {
    return new ImageSampler.Guidance(
        term,
        new ImageSampler.Gram(
            GRAM_WEIGHT, layers, GramLoss.QUADRATIC, new GramTarget.ClassMean(targets)));
  }

  static float[] normals(int count, float deviation, int number) {
    PhiloxGenerator random = new RandomKey(9, Purpose.CANVAS, number, 0).generator();
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
