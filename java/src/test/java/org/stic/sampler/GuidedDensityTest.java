package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/** Drawing with a small random classifier: three classes, two Gram layers, awkward sizes. */
class GuidedDensityTest {
  private static final Shape IMAGE = Shape.of(2, 9, 7);
  private static final int ELEMENTS = 2 * 9 * 7;
  private static final int CLASSES = 3;
  private static final int PER_CLASS = 4;
  private static final float GRAM_WEIGHT = 2;
  private static final List<ClassTerm> TERMS =
      List.of(
          new ClassTerm.Logit(),
          new ClassTerm.Posterior(),
          new ClassTerm.LogSoftmax(),
          new ClassTerm.LogSigmoid(),
          new ClassTerm.Ratio(),
          new ClassTerm.Joint(0),
          new ClassTerm.Joint(.5),
          new ClassTerm.Joint(1),
          new ClassTerm.Critic(.5));
  private static final float[] MIXED = {1, 0, 0, 0, 1, 0, 0, .25f, .75f, .5f, .5f, 0, 0, 0, 1};

  private Device device;
  private ConvClassifier classifier;
  private ParameterStore parameters;
  private GramLayers layers;
  private ClassGrams targets;
  private float[] gramImages;

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

  @Test
  void densityIsThatOfTheFormulaInDoublePrecision() {
    float[] images = normals(5 * ELEMENTS, .5f, 2);
    for (ClassTerm term : TERMS) {
      Measured measured = measure(images, term);
      for (int chain = 0; chain < 5; chain++) {
        double[] weights = row(MIXED, CLASSES, chain);
        double classTerm = classTerm(term, row(measured.logits, CLASSES + 2, chain), weights);
        double loss = 0;
        for (int layer = 0; layer < 2; layer++) {
          double share = layer == 0 ? .25 : .75;
          loss +=
              share * relativeLoss(measured.features[layer], measured.real[layer], layer, chain);
        }
        assertEquals(classTerm, measured.classTerm[chain], 1e-4, term + " chain " + chain);
        assertEquals(loss, measured.gramLoss[chain], 1e-4 * (1 + loss), "chain " + chain);
        double expected = classTerm - GRAM_WEIGHT * loss;
        assertEquals(expected, measured.density[chain], 1e-4 * (1 + Math.abs(expected)));
      }
    }
  }

  @Test
  void aDrawingRaisesItsDensityAndStaysInTheBox() {
    try (ImageSampler still = sampler(1e-9f, 1, 5);
        ImageSampler moving = sampler(.3f, 40, 5)) {
      Drawings before = still.draw(MIXED, 0);
      Drawings after = moving.draw(MIXED, 0);
      for (int chain = 0; chain < 5; chain++) {
        double gained =
            after.classTerm()[chain]
                - before.classTerm()[chain]
                - GRAM_WEIGHT * (after.gramLoss()[chain] - before.gramLoss()[chain]);
        assertTrue(gained > .02, "chain " + chain + " gained " + gained);
      }
      assertTrue(after.displacement() > 10 * before.displacement());
      for (float pixel : after.images()) {
        assertTrue(Math.abs(pixel) <= 1, "pixel " + pixel);
      }
    }
  }

  @Test
  void drawingsAreAFunctionOfTheirNumber() {
    try (ImageSampler one = sampler(.3f, 10, 5);
        ImageSampler two = sampler(.3f, 10, 5)) {
      float[] first = one.draw(MIXED, 7).images();
      float[] other = one.draw(MIXED, 8).images();
      assertFalse(Arrays.equals(first, other));
      assertArrayEquals(first, two.draw(MIXED, 7).images());
      assertArrayEquals(first, one.draw(MIXED, 7).images());
    }
  }

  @Test
  void imagesMayShareACanvas() {
    try (ImageSampler still = sampler(1e-9f, 1, 5)) {
      float[] images = still.draw(MIXED, 0, new int[] {3, 3, 4, 4, 9}).images();
      float[][] rows = new float[5][];
      for (int chain = 0; chain < 5; chain++) {
        rows[chain] = Arrays.copyOfRange(images, chain * ELEMENTS, (chain + 1) * ELEMENTS);
      }
      assertArrayEquals(rows[0], rows[1], 1e-5f);
      assertArrayEquals(rows[2], rows[3], 1e-5f);
      for (int element = 0; element < ELEMENTS; element++) {
        assertTrue(Math.abs(rows[0][element] - rows[2][element]) > 1e-5f);
      }
    }
  }

  @Test
  void exactStepsTellTheirAcceptance() {
    ChainPlan plan = new ChainPlan(5, 8, 1e-3f, 1e-3f, Preconditioning.IDENTITY);
    try (ImageSampler sampler = sampler(plan, .3f, 5)) {
      Drawings drawings = sampler.draw(MIXED, 0);
      for (double rate : drawings.acceptance()) {
        assertTrue(rate >= 0 && rate <= 1, "acceptance " + rate);
      }
      assertTrue(Arrays.stream(drawings.acceptance()).average().orElseThrow() > .2);
      assertTrue(drawings.stepSize() != 1e-3f, "the step size never adapted");
    }
  }

  @Test
  void brokenChainsAreNamedAndNeverReturned() {
    float[] weights = MIXED.clone();
    weights[2 * CLASSES] = Float.NaN;
    try (ImageSampler sampler = sampler(.3f, 3, 5)) {
      BrokenChainsException problem =
          assertThrows(BrokenChainsException.class, () -> sampler.draw(weights, 0));
      assertTrue(problem.getMessage().startsWith("1 of 5 chains"), problem.getMessage());
    }
  }

  private ImageSampler sampler(float stepSize, int steps, int count) {
    return sampler(new ChainPlan(steps, 0, 1, 1, Preconditioning.IDENTITY), stepSize, count);
  }

  private ImageSampler sampler(ChainPlan plan, float stepSize, int count) {
    return new ImageSampler(
        device,
        new ImageSampler.Subject(classifier, parameters),
        guidance(new ClassTerm.LogSigmoid()),
        new Walk.Ascent(stepSize, 1e-4f, new ShortRun.StepShape(null, 0, 0)),
        plan,
        PictureCanvas.blank(0, ELEMENTS, .3f),
        new ImageSampler.Noise(11, Purpose.CANVAS),
        count);
  }

  private ImageSampler.Guidance guidance(ClassTerm term) {
    return new ImageSampler.Guidance(
        term,
        new ImageSampler.Gram(
            GRAM_WEIGHT, layers, GramLoss.QUADRATIC, new GramTarget.ClassMean(targets)));
  }

  /** What the device computes for five images, with the features that the oracle starts from. */
  private static final class Measured {
    private float[] density;
    private float[] classTerm;
    private float[] gramLoss;
    private float[] logits;
    private final float[][] features = new float[2][];
    private final float[][] real = new float[2][];
  }

  private Measured measure(float[] images, ClassTerm term) {
    Measured measured = new Measured();
    try (GuidedDensity density =
        new GuidedDensity(
            device, new ImageSampler.Subject(classifier, parameters), guidance(term), 7, 5)) {
      density.condition(MIXED, new int[] {0, 1, 2, 3, 4});
      Graph graph = new Graph();
      Tensor input = graph.input("images", Shape.of(5, 2, 9, 7));
      Tensor reals = graph.input("real", Shape.of(CLASSES * PER_CLASS, 2, 9, 7));
      graph.output("density", density.of(input));
      graph.output("class-term", density.terms(input).classTerm());
      graph.output("gram-loss", density.terms(input).gramLoss());
      ConvClassifier.Outputs outputs = classifier.apply(input, parameters.read(graph));
      ConvClassifier.Outputs realOutputs = classifier.apply(reals, parameters.read(graph));
      graph.output("logits", outputs.logits());
      for (int layer = 0; layer < 2; layer++) {
        graph.output("features" + layer, outputs.features().get(layer));
        graph.output("real" + layer, realOutputs.features().get(layer));
      }
      try (Program program = Program.compile(device, graph)) {
        program.set("images", images);
        program.set("real", gramImages);
        program.run();
        measured.density = program.get("density");
        measured.classTerm = program.get("class-term");
        measured.gramLoss = program.get("gram-loss");
        measured.logits = program.get("logits");
        for (int layer = 0; layer < 2; layer++) {
          measured.features[layer] = program.get("features" + layer);
          measured.real[layer] = program.get("real" + layer);
        }
      }
    }
    return measured;
  }

  private static double classTerm(ClassTerm term, double[] logits, double[] weights) {
    double all = 0;
    double classesOnly = 0;
    for (int k = 0; k <= CLASSES; k++) {
      all += Math.exp(logits[k]);
      classesOnly += k < CLASSES ? Math.exp(logits[k]) : 0;
    }
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum +=
          weights[k]
              * switch (term) {
                case ClassTerm.Logit _ -> logits[k];
                case ClassTerm.Posterior _ -> logits[k] - Math.log(classesOnly);
                case ClassTerm.LogSoftmax _ -> logits[k] - Math.log(all);
                case ClassTerm.LogSigmoid _ -> -Math.log1p(Math.exp(-logits[k]));
                case ClassTerm.Ratio _ -> logits[k] - logits[CLASSES];
                case ClassTerm.Joint joint -> logits[k] - joint.a() * Math.log(classesOnly);
                case ClassTerm.Critic critic ->
                    logits[CLASSES + 1] + critic.a() * (logits[k] - Math.log(classesOnly));
              };
    }
    return sum;
  }

  private static double relativeLoss(float[] features, float[] real, int layer, int chain) {
    int channels = layer == 0 ? 5 : 6;
    int positions = 4 * 3;
    double[] gram = gram(features, chain, channels, positions);
    double[] target = new double[channels * channels];
    for (int image = 0; image < CLASSES * PER_CLASS; image++) {
      double weight = MIXED[chain * CLASSES + image / PER_CLASS] / PER_CLASS;
      double[] one = gram(real, image, channels, positions);
      for (int element = 0; element < target.length; element++) {
        target[element] += weight * one[element];
      }
    }
    double difference = 0;
    double norm = 0;
    for (int element = 0; element < target.length; element++) {
      difference += Math.pow(gram[element] - target[element], 2);
      norm += target[element] * target[element];
    }
    return difference / norm;
  }

  private static double[] gram(float[] features, int image, int channels, int positions) {
    double[] gram = new double[channels * channels];
    int start = image * channels * positions;
    for (int element = 0; element < gram.length; element++) {
      int one = start + element / channels * positions;
      int other = start + element % channels * positions;
      for (int position = 0; position < positions; position++) {
        gram[element] += (double) features[one + position] * features[other + position] / positions;
      }
    }
    return gram;
  }

  private static double[] row(float[] values, int width, int row) {
    double[] result = new double[width];
    for (int column = 0; column < width; column++) {
      result[column] = values[row * width + column];
    }
    return result;
  }

  private static float[] normals(int count, float deviation, int number) {
    PhiloxGenerator random = new RandomKey(9, Purpose.CANVAS, number, 0).generator();
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
