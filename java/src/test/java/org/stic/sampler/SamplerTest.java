package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Wall;

/**
 * Samplers on densities whose moments are known. Step sizes are large enough that a missing or a
 * reversed correction shows: the approximate sampler must fail what the exact one passes.
 */
class SamplerTest {
  private static final int CHAINS = 512;
  private static final long SEED = 20_260_101;
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** N(1, 2^2) at eps = 4, where a reversed ratio would give variance 45 and no test at all 7.9. */
  @Test
  void exactChainsHaveTheVarianceOfANormalAndApproximateOnesDoNot() {
    LogDensity normal = x -> rowSums(Ops.scale(Ops.square(Ops.affine(x, 1, -1)), -1 / 8f));
    ChainBench.Moments exact = exact(normal, 4, 1, Wall.NONE, 0);
    assertTrue(exact.acceptance() > .6 && exact.acceptance() < .9, "acceptance " + exact);
    assertTrue(isNear(1, Math.sqrt(4 / effective(exact)), exact.mean()), exact.toString());
    assertTrue(isNormalVariance(exact), exact.toString());
    ChainBench.Moments approximate = approximate(normal, 4, 1, Wall.NONE, 0);
    assertFalse(isNormalVariance(approximate), approximate.toString());
  }

  private static boolean isNormalVariance(ChainBench.Moments moments) {
    return isNear(4, 4 * Math.sqrt(2 / effective(moments)), moments.variance());
  }

  /** log pi = x - e^x, the logarithm of an exponential variable: mean -0.5772, variance pi^2/6. */
  @Test
  void exactChainsHaveTheMomentsOfAnAsymmetricDensity() {
    LogDensity density = x -> rowSums(Ops.subtract(x, Ops.exp(x)));
    ChainBench.Moments exact = exact(density, 1, 1, Wall.NONE, 0);
    assertTrue(isLogExponential(exact), exact.toString());
    ChainBench.Moments approximate = approximate(density, 1, 1, Wall.NONE, 0);
    assertFalse(isLogExponential(approximate), approximate.toString());
  }

  /** The variance's error follows from the fourth central moment, 14.61 for this density. */
  private static boolean isLogExponential(ChainBench.Moments moments) {
    double variance = Math.PI * Math.PI / 6;
    double varianceError = Math.sqrt((14.61 - variance * variance) / effective(moments));
    return isNear(-0.577216, Math.sqrt(variance / effective(moments)), moments.mean())
        && isNear(variance, varianceError, moments.variance());
  }

  /** Density proportional to exp(2x / T) on [-1, 1] at T = 0.5: mean coth(4) - 1/4. */
  @Test
  void reflectingWallsKeepTheDensityInTheBox() {
    LogDensity linear = x -> rowSums(Ops.scale(x, 2));
    double mean = 1 / Math.tanh(4) - 1 / 4.0;
    double variance = 1 / 16.0 - 1 / Math.pow(Math.sinh(4), 2);
    ChainBench.Moments exact = exact(linear, .15f, .5f, Wall.REFLECT, 0);
    double error = Math.sqrt(variance / effective(exact));
    assertTrue(isNear(mean, error, exact.mean()), exact + " against mean " + mean);
    ChainBench.Moments approximate = approximate(linear, .15f, .5f, Wall.REFLECT, 0);
    assertFalse(isNear(mean, error, approximate.mean()), approximate.toString());
  }

  /** At temperature T the variance of N(0, 1) becomes T. */
  @Test
  void temperatureScalesTheVariance() {
    LogDensity normal = x -> rowSums(Ops.scale(Ops.square(x), -.5f));
    ChainBench.Moments exact = exact(normal, 1, .25f, Wall.NONE, 0);
    assertTrue(
        isNear(.25, .25 * Math.sqrt(2 / effective(exact)), exact.variance()), exact.toString());
  }

  @Test
  void proposalsHaveTheStatedMeanAndVariance() {
    LogDensity linear = x -> rowSums(Ops.scale(x, 3));
    try (ChainBench bench =
        new ChainBench(
            device,
            Shape.of(CHAINS, 32),
            StepSizePlan.fixed(1),
            (_, _) -> new Langevin(linear, .2f, .7f, SEED, Wall.NONE))) {
      bench.start(new float[CHAINS * 32]);
      ChainBench.Moments moments = bench.moments(1, 1);
      double variance = 2 * .2 * .7;
      assertTrue(isNear(.6, Math.sqrt(variance / moments.count()), moments.mean()));
      assertTrue(isNear(variance, variance * Math.sqrt(2 / moments.count()), moments.variance()));
    }
  }

  /** log alpha of accepted steps against the formula in double precision, at T = 0.5. */
  @Test
  void logRatioIsThatOfTheClosedForm() {
    double eps = 1.5;
    double temperature = .5;
    LogDensity normal = x -> rowSums(Ops.scale(Ops.square(x), -.5f));
    try (ChainBench bench = exactBench(normal, (float) eps, (float) temperature, Wall.NONE)) {
      float[] before = new float[CHAINS];
      for (int chain = 0; chain < CHAINS; chain++) {
        before[chain] = chain / 256f - 1;
      }
      bench.start(before);
      bench.run(1);
      float[] after = bench.state.position().download();
      float[] logRatio = bench.info.logRatio().download();
      int accepted = 0;
      for (int chain = 0; chain < CHAINS; chain++) {
        double x = before[chain];
        double y = after[chain];
        if (x != y) {
          double there = Math.pow(y - x + eps * x, 2);
          double back = Math.pow(x - y + eps * y, 2);
          double expected =
              (x * x - y * y) / (2 * temperature) + (there - back) / (4 * eps * temperature);
          assertEquals(expected, logRatio[chain], 1e-4 * (1 + Math.abs(expected)));
          accepted++;
        }
      }
      assertTrue(accepted > CHAINS / 4, accepted + " accepted");
    }
  }

  @Test
  void stepSizeAdaptsToItsTargetAndThenStays() {
    LogDensity normal = x -> rowSums(Ops.scale(Ops.square(x), -.5f));
    StepSizePlan plan = StepSizePlan.adaptive(1e-3f, 200);
    try (ChainBench bench =
        new ChainBench(
            device,
            Shape.of(64, 50),
            plan,
            (step, info) -> new Metropolis(normal, 1, SEED, Wall.NONE, step, null, info))) {
      bench.start(new float[64 * 50]);
      bench.run(200);
      float adapted = bench.stepSize.read();
      assertTrue(adapted > 1e-2f, "step size " + adapted);
      ChainBench.Moments moments = bench.moments(50, 4);
      assertEquals(StepSizePlan.MALA_TARGET, moments.acceptance(), .06);
      assertEquals(adapted, bench.stepSize.read());
    }
  }

  @Test
  void aDensityThatIsNotANumberRejectsAndIsCounted() {
    LogDensity halfLine = x -> rowSums(Ops.log(x));
    try (ChainBench bench = exactBench(halfLine, .5f, 1, Wall.NONE)) {
      float[] start = new float[CHAINS];
      Arrays.fill(start, .5f);
      bench.start(start);
      bench.run(50);
      int broken = IntStream.of(bench.info.broken().downloadInts()).sum();
      assertTrue(broken > 0, "no proposal left the half line");
      for (float position : bench.state.position().download()) {
        assertTrue(position > 0, "position " + position);
      }
    }
  }

  /**
   * The step size at the optimal acceptance falls as d^(-1/3) (Roberts and Rosenthal, 1998): from
   * 64 to 4,096 coordinates by a factor of 4, where d^(-1/2), a random walk's, would give 8.
   */
  @Test
  void stepSizeFallsWithTheCubeRootOfTheDimension() {
    double ratio = adaptedStep(64) / adaptedStep(4096);
    assertTrue(ratio > 3.2 && ratio < 5, "ratio " + ratio);
  }

  private static double adaptedStep(int dimension) {
    LogDensity normal = x -> rowSums(Ops.scale(Ops.square(x), -.5f));
    int chains = 64;
    try (ChainBench bench =
        new ChainBench(
            device,
            Shape.of(chains, dimension),
            StepSizePlan.adaptive(.1f, 300),
            (step, info) -> new Metropolis(normal, 1, SEED, Wall.NONE, step, null, info))) {
      float[] start = new float[chains * dimension];
      Random random = new Random(2);
      for (int index = 0; index < start.length; index++) {
        start[index] = (float) random.nextGaussian();
      }
      bench.start(start);
      bench.run(300);
      return bench.stepSize.read();
    }
  }

  @Test
  void clippingWallsHaveNoExactSampler() {
    try (ChainInfo info = ChainInfo.allocate(device, 1);
        AdaptiveStepSize step = new AdaptiveStepSize(device, StepSizePlan.fixed(1))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Metropolis(x -> rowSums(x), 1, SEED, Wall.CLIP, step, null, info));
    }
  }

  private static ChainBench.Moments exact(
      LogDensity density, float eps, float temperature, Wall wall, float start) {
    try (ChainBench bench = exactBench(density, eps, temperature, wall)) {
      return sample(bench, start);
    }
  }

  private static ChainBench exactBench(
      LogDensity density, float eps, float temperature, Wall wall) {
    return new ChainBench(
        device,
        Shape.of(CHAINS, 1),
        StepSizePlan.fixed(eps),
        (step, info) -> new Metropolis(density, temperature, SEED, wall, step, null, info));
  }

  private static ChainBench.Moments approximate(
      LogDensity density, float eps, float temperature, Wall wall, float start) {
    try (ChainBench bench =
        new ChainBench(
            device,
            Shape.of(CHAINS, 1),
            StepSizePlan.fixed(eps),
            (_, _) -> new Langevin(density, eps, temperature, SEED, wall))) {
      return sample(bench, start);
    }
  }

  private static ChainBench.Moments sample(ChainBench bench, float start) {
    float[] positions = new float[CHAINS];
    Arrays.fill(positions, start);
    bench.start(positions);
    bench.run(100);
    return bench.moments(100, 5);
  }

  /** States are five steps apart; a quarter of them counts as independent, to be safe. */
  private static double effective(ChainBench.Moments moments) {
    return moments.count() / 4;
  }

  private static boolean isNear(double expected, double standardError, double actual) {
    return Math.abs(actual - expected) <= 4 * standardError;
  }

  private static Tensor rowSums(Tensor x) {
    return Ops.reshape(Ops.sum(x, 1), Shape.of(x.shape().dim(0)));
  }
}
