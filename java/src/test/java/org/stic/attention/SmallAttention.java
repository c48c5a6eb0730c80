package org.stic.attention;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.ClassImages;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramLoss;
import org.stic.sampler.GramTarget;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.PictureCanvas;
import org.stic.sampler.Preconditioning;
import org.stic.sampler.ShortRun;
import org.stic.sampler.Walk;

/** A small random classifier of canvases of awkward size, and what it takes to draw with it. */
abstract class SmallAttention {
  static final Shape CANVAS = Shape.of(2, 19, 23);
  static final int ELEMENTS = 2 * 19 * 23;
  static final int CLASSES = 3;
  static final float[] MIXED = {1, 0, 0, 0, .5f, .5f, 0, 0, 1};

  Device device;
  Sight sight;
  AttentiveNetwork network;
  ParameterStore parameters;

  @BeforeEach
  void build() {
    device = TestDevice.open();
    sight = new Sight(CANVAS, 7, .5);
    network =
        new AttentiveNetwork(
            ConvClassifier.of(
                sight.glimpse(),
                CLASSES,
                List.of(new ConvolutionSettings(5, 4, 2, 1), new ConvolutionSettings(6, 3, 1, 1))),
            sight,
            2);
    parameters = new ParameterStore(device, "parameters", network.parameters());
    parameters.initialise(3, Purpose.INITIALISATION);
    parameters.view("head.weight").upload(normals(5 * 6 * 3 * 3, .3f, 5));
  }

  @AfterEach
  void release() {
    parameters.close();
    device.close();
  }

  AttentiveSampler sampler(WindowChoice choice, int exactSteps, float stepSize) {
    GramLayers layers =
        new GramLayers(
            network.glimpses(),
            null,
            List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 3)));
    ClassImages images = new RandomImages();
    ImageSampler.Gram gram =
        new ImageSampler.Gram(2, layers, GramLoss.SAFE, new GramTarget.OneImage(images));
    ChainPlan plan = new ChainPlan(11, exactSteps, 1e-3f, 1e-3f, Preconditioning.IDENTITY);
    return new AttentiveSampler(
        device,
        new AttentiveSampler.Subject(network, parameters),
        new AttentiveSampler.Guidance(new ClassTerm.LogSigmoid(), gram, images),
        new Walk.Ascent(stepSize, 1e-4f, new ShortRun.StepShape(null, .1f, 0)),
        new DrawingPlan(3, 1, choice, .1, plan),
        PictureCanvas.blank(-.5f, ELEMENTS, 0),
        new ImageSampler.Noise(4, Purpose.CANVAS),
        3);
  }

  /** Four images of noise a class. */
  private static final class RandomImages implements ClassImages {
    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public int count(int label) {
      return 4;
    }

    @Override
    public void read(int label, int index, float[] target, int offset) {
      float[] image = normals(ELEMENTS, .3f, 100 + label * 4 + index);
      System.arraycopy(image, 0, target, offset, ELEMENTS);
    }
  }

  static float[] normals(int count, float deviation, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
