package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;

/** The density of a drawing against its formula in double precision. */
class GuidedDensityTest extends SmallClassifier {
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
      ClassifierNetwork.Outputs outputs = classifier.apply(input, parameters.read(graph));
      ClassifierNetwork.Outputs realOutputs = classifier.apply(reals, parameters.read(graph));
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
}
