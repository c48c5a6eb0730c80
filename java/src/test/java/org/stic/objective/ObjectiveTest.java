package org.stic.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.Configuration;
import org.stic.settings.EnergyFunction;
import org.stic.settings.Preset;

/** Each objective's value and gradient against its formula in double precision. */
class ObjectiveTest {
  private static final BatchSettings BATCH = new BatchSettings(3, 2, 4, 1);
  private static final int CLASSES = 5;
  private static final int COLUMNS = CLASSES + 2;
  private static Device device;

  private final float[] logits = new float[BATCH.total() * COLUMNS];
  private final float[] weights = new float[BATCH.total() * CLASSES];

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  ObjectiveTest() {
    RandomGenerator random = new RandomKey(4, Purpose.UPDATE_BATCH, 0, 0).generator();
    for (int index = 0; index < logits.length; index++) {
      logits[index] = 3 * (float) random.nextGaussian();
    }
    for (int row = 0; row < BATCH.total(); row++) {
      boolean isMixed = row == 3 || row == 4 || row == 9;
      int first = random.nextInt(CLASSES);
      weights[row * CLASSES + first] = isMixed ? .3f : 1;
      weights[row * CLASSES + (first + 2) % CLASSES] += isMixed ? .7f : 0;
    }
  }

  @Test
  void crossEntropyLooksAtItsPartAlone() {
    check(
        new CrossEntropyObjective(BatchPart.REAL, false),
        z -> mean(0, 3, row -> crossEntropy(z, row, CLASSES)));
    check(
        new CrossEntropyObjective(BatchPart.MIXUP, false),
        z -> mean(3, 5, row -> crossEntropy(z, row, CLASSES)));
  }

  @Test
  void smoothingSpreadsItsShareOverTheClasses() {
    double share = .3;
    check(
        new CrossEntropyObjective(BatchPart.REAL, true, share),
        z ->
            mean(
                0,
                3,
                row -> {
                  double even = 0;
                  for (int k = 0; k < CLASSES; k++) {
                    even -= logSoftmax(z, row, k, CLASSES + 1) / CLASSES;
                  }
                  return (1 - share) * crossEntropy(z, row, CLASSES + 1) + share * even;
                }));
  }

  @Test
  void crossEntropyLetsTheFakeClassCompete() {
    check(
        new CrossEntropyObjective(BatchPart.REAL, true),
        z -> mean(0, 3, row -> crossEntropy(z, row, CLASSES + 1)));
  }

  @Test
  void introspectiveLossAnchorsRealAndRejectsDrawnImages() {
    check(
        new IntrospectiveObjective(1.5, .3, .15),
        z ->
            1.5 * mean(0, 3, row -> detect(z, row, -1))
                + .3 * mean(5, 9, row -> detect(z, row, 1))
                + .15 * mean(9, 10, row -> detect(z, row, 1)));
  }

  @Test
  void fakeClassLossSendsDrawingsToTheLastClass() {
    check(
        new FakeClassObjective(.3, .15),
        z ->
            .3 * mean(5, 9, row -> -logSoftmax(z, row, CLASSES, CLASSES + 1))
                + .15 * mean(9, 10, row -> -logSoftmax(z, row, CLASSES, CLASSES + 1)));
  }

  @ParameterizedTest
  @EnumSource
  void energyContrastsDrawingsWithRealImages(EnergyFunction function) {
    check(
        new EnergyObjective(function, .7, .2, .05),
        z -> {
          IntToDoubleFunction f = row -> energy(z, row, function);
          IntToDoubleFunction square = row -> f.applyAsDouble(row) * f.applyAsDouble(row);
          return .7 * (mean(5, 9, f) - mean(0, 3, f))
              + .2 * (mean(9, 10, f) - mean(0, 3, f))
              + .05 * (mean(0, 3, square) + mean(5, 9, square) + mean(9, 10, square));
        });
  }

  @Test
  void presetsSumTheTermsThatTheyName() {
    assertEquals(
        List.of(
            new CrossEntropyObjective(BatchPart.REAL, false),
            new CrossEntropyObjective(BatchPart.MIXUP, false),
            new IntrospectiveObjective(1, .2, .1)),
        terms(Preset.STIC));
    assertEquals(
        List.of(
            new CrossEntropyObjective(BatchPart.REAL, true),
            new CrossEntropyObjective(BatchPart.MIXUP, true),
            new FakeClassObjective(.2, .1)),
        terms(Preset.STIC_FAKE_CLASS));
    assertEquals(
        List.of(
            new CrossEntropyObjective(BatchPart.REAL, false),
            new CrossEntropyObjective(BatchPart.MIXUP, false)),
        terms(Preset.VRM));
    assertEquals(List.of(new CrossEntropyObjective(BatchPart.REAL, false)), terms(Preset.ERM));
  }

  private static List<Objective> terms(Preset preset) {
    Configuration configuration = preset.configuration("mnist");
    return Objective.ofPass(configuration.objective(), configuration.pass().batch(), 0);
  }

  private interface Formula {
    double of(double[] logits);
  }

  private void check(Objective objective, Formula formula) {
    double[] z = new double[logits.length];
    for (int index = 0; index < z.length; index++) {
      z[index] = logits[index];
    }
    Graph graph = new Graph();
    Tensor input = graph.input("logits", Shape.of(BATCH.total(), COLUMNS));
    Tensor classWeights = graph.input("weights", Shape.of(BATCH.total(), CLASSES));
    Tensor loss = objective.loss(view(input, classWeights));
    graph.output("loss", loss);
    graph.output("gradient", Gradients.of(loss, List.of(input)).getFirst());
    try (Program program = Program.compile(device, graph)) {
      program.set("logits", logits);
      program.set("weights", weights);
      program.run();
      assertEquals(formula.of(z), program.get("loss")[0], 1e-5);
      float[] gradient = program.get("gradient");
      for (int index = 0; index < z.length; index++) {
        assertEquals(slope(formula, z, index), gradient[index], 1e-5, "logit " + index);
      }
    }
  }

  /** No image is looked at: the formulas are functions of the logits alone. */
  private static BatchView view(Tensor logits, Tensor classWeights) {
    return new BatchView(
        logits,
        logits,
        classWeights,
        BATCH,
        images -> {
          throw new AssertionError("the network is asked for other images");
        },
        shape -> {
          throw new AssertionError("random numbers are asked for");
        });
  }

  private static double slope(Formula formula, double[] z, int index) {
    double step = 1e-4;
    double[] moved = z.clone();
    moved[index] = z[index] + step;
    double up = formula.of(moved);
    moved[index] = z[index] - step;
    return (up - formula.of(moved)) / (2 * step);
  }

  private static double mean(int from, int to, IntToDoubleFunction perRow) {
    double sum = 0;
    for (int row = from; row < to; row++) {
      sum += perRow.applyAsDouble(row);
    }
    return sum / (to - from);
  }

  private double crossEntropy(double[] z, int row, int columns) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum -= weights[row * CLASSES + k] * logSoftmax(z, row, k, columns);
    }
    return sum;
  }

  private static double logSoftmax(double[] z, int row, int column, int columns) {
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      sum += Math.exp(z[row * COLUMNS + k]);
    }
    return z[row * COLUMNS + column] - Math.log(sum);
  }

  private double detect(double[] z, int row, int sign) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += weights[row * CLASSES + k] * Math.log1p(Math.exp(sign * z[row * COLUMNS + k]));
    }
    return sum;
  }

  private double energy(double[] z, int row, EnergyFunction function) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      double logit = z[row * COLUMNS + k];
      sum +=
          switch (function) {
            case LOG_SUM_EXP -> Math.exp(logit);
            case CLASS_LOGIT -> weights[row * CLASSES + k] * logit;
          };
    }
    return function == EnergyFunction.LOG_SUM_EXP ? Math.log(sum) : sum;
  }
}
