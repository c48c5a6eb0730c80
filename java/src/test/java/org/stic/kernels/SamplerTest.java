package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.KernelImage;

/**
 * The sampler's kernels against distributions with known moments, at steps so large that a missing
 * or reversed correction shows; each assertion is also given a sampler that must fail it.
 */
class SamplerTest {
  private static final double SLOPE = 2;

  /**
   * A distribution's mean and variance, and the fourth central moment that says how well a variance
   * is known.
   */
  private record Moments(double mean, double variance, double fourth) {

    /** Whether both moments of a sample lie within 4.5 standard errors. */
    boolean agreeWith(DescriptiveStatistics sample) {
      double n = sample.getN();
      boolean sameMean = Math.abs(sample.getMean() - mean) <= 4.5 * Math.sqrt(variance / n);
      double error = Math.sqrt((fourth - variance * variance) / n);
      return sameMean && Math.abs(sample.getVariance() - variance) <= 4.5 * error;
    }
  }

  private static final Moments NORMAL = new Moments(1, 4, 3 * 16);
  private static final Moments GUMBEL =
      new Moments(-0.5772156649, Math.PI * Math.PI / 6, 3 * Math.pow(Math.PI, 4) / 20);
  private static final Moments SLOPE_IN_BOX = slopeInBox();

  private KernelRig rig;

  @BeforeEach
  void open() {
    rig = KernelRig.open(KernelImage.DEFAULT, 1);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void proposalsHaveTheStatedVariance() {
    ChainsUnderTest.Target flat =
        (x, u, g) ->
            List.of(
                Fill.constant(u, ChainsUnderTest.CHAINS, 0),
                Fill.constant(g, ChainsUnderTest.CHAINS, 0));
    DescriptiveStatistics moved =
        new ChainsUnderTest(rig, flat, Wall.NONE, 0.3, () -> 0).unadjusted(1).statistics();
    double variance = 2 * 0.3;
    assertTrue(
        new Moments(0, variance, 3 * variance * variance).agreeWith(moved), moved.toString());
  }

  @Test
  void metropolisKeepsTheNormalDistribution() {
    ChainsUnderTest chains = normal(4).metropolis(30, Wall.NONE);
    assertEquals(0.75, chains.acceptedPerStep(), 0.15);
    assertEquals(0, chains.brokenSteps());
    assertTrue(NORMAL.agreeWith(chains.statistics()), chains.statistics().toString());
  }

  @Test
  void scaledProposalsKeepTheDistributionIfTheTestKnowsTheScale() {
    DescriptiveStatistics right = normal(1).scaled(4, 4).metropolis(30, Wall.NONE).statistics();
    assertTrue(NORMAL.agreeWith(right), right.toString());
    DescriptiveStatistics wrong = normal(1).scaled(4, 1).metropolis(30, Wall.NONE).statistics();
    assertTrue(!NORMAL.agreeWith(wrong), "the test cannot tell a wrong scale");
  }

  @Test
  void withoutMetropolisTheNormalDistributionIsLost() {
    DescriptiveStatistics sample = normal(4).unadjusted(30).statistics();
    assertEquals(8, sample.getVariance(), 0.5, "the unadjusted chain's own variance");
    assertTrue(!NORMAL.agreeWith(sample), "the test cannot tell a missing correction");
  }

  @Test
  void metropolisKeepsAnAsymmetricDistribution() {
    ChainsUnderTest chains = gumbel(0.8).metropolis(30, Wall.NONE);
    assertEquals(0.75, chains.acceptedPerStep(), 0.15);
    assertTrue(GUMBEL.agreeWith(chains.statistics()), chains.statistics().toString());
  }

  @Test
  void withoutMetropolisTheAsymmetricDistributionIsLost() {
    assertTrue(!GUMBEL.agreeWith(gumbel(0.8).unadjusted(30).statistics()));
  }

  @Test
  void reflectingWallsKeepADistributionThatLeansOnThem() {
    ChainsUnderTest chains = slope(0.3).metropolis(30, Wall.REFLECT);
    assertEquals(0.75, chains.acceptedPerStep(), 0.15);
    DescriptiveStatistics sample = chains.statistics();
    assertTrue(sample.getMax() <= 1 && sample.getMin() >= -1, "inside the box");
    assertTrue(SLOPE_IN_BOX.agreeWith(sample), sample.toString());
  }

  @Test
  void withoutTheMirrorImagesTheWallsAreWrong() {
    DescriptiveStatistics sample = slope(0.3).metropolis(30, Wall.NONE).statistics();
    assertTrue(!SLOPE_IN_BOX.agreeWith(sample), "the test cannot tell missing images: " + sample);
  }

  @Test
  void theStepAdaptsToTheOptimalAcceptance() {
    ChainsUnderTest chains = normal(0.05).adapting(60, Wall.NONE);
    assertEquals(0.574, chains.lastAcceptance(), 0.02);
  }

  @Test
  void exactChainsRefuseClippingAndZeroTemperature() {
    IllegalArgumentException clip =
        assertThrows(IllegalArgumentException.class, () -> accept(1, Wall.CLIP));
    assertTrue(clip.getMessage().contains("reflecting walls"), clip.getMessage());
    assertThrows(IllegalArgumentException.class, () -> accept(0, Wall.NONE));
    assertThrows(IllegalArgumentException.class, () -> accept(Float.NaN, Wall.NONE));
  }

  private static KernelCall accept(float temperature, Wall wall) {
    return Metropolis.accept(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, temperature, 0, wall);
  }

  /** U = -(x - 1)² / 8, from g = -(x - 1) / 4 and U = -2 g². */
  private ChainsUnderTest normal(double step) {
    int n = ChainsUnderTest.CHAINS;
    return new ChainsUnderTest(
        rig,
        (x, u, g) ->
            List.of(
                Affine.apply(g, x, n, -0.25f, 0.25f),
                Unary.apply(u, g, n, UnaryFunction.SQUARE, 0),
                Affine.apply(u, u, n, -2, 0)),
        Wall.NONE,
        step,
        () -> 1 + 2 * rig.random().nextGaussian());
  }

  /** U = x - e^x, the logarithm of an exponential variable. */
  private ChainsUnderTest gumbel(double step) {
    int n = ChainsUnderTest.CHAINS;
    return new ChainsUnderTest(
        rig,
        (x, u, g) ->
            List.of(
                Unary.apply(g, x, n, UnaryFunction.EXPONENTIAL, 0),
                Binary.same(u, x, g, n, BinaryFunction.SUBTRACT),
                Affine.apply(g, g, n, -1, 1)),
        Wall.NONE,
        step,
        () -> Math.log(rig.random().nextExponential()));
  }

  /** U = slope x in the box [-1, 1], with reflected proposals. */
  private ChainsUnderTest slope(double step) {
    int n = ChainsUnderTest.CHAINS;
    return new ChainsUnderTest(
        rig,
        (x, u, g) ->
            List.of(Affine.apply(u, x, n, (float) SLOPE, 0), Fill.constant(g, n, (float) SLOPE)),
        Wall.REFLECT,
        step,
        this::drawSlope);
  }

  /** By inversion: F(x) = (e^(s x) - e^-s) / (e^s - e^-s). */
  private double drawSlope() {
    double low = Math.exp(-SLOPE);
    return Math.log(low + rig.random().nextDouble() * (Math.exp(SLOPE) - low)) / SLOPE;
  }

  /** By summing the density over a fine grid. */
  private static Moments slopeInBox() {
    int cells = 200_000;
    double[] raw = new double[5];
    for (int i = 0; i < cells; i++) {
      double x = -1 + (i + 0.5) * 2 / cells;
      for (int k = 0; k < raw.length; k++) {
        raw[k] += Math.exp(SLOPE * x) * Math.pow(x, k);
      }
    }
    double mean = raw[1] / raw[0];
    double second = raw[2] / raw[0];
    double third = raw[3] / raw[0];
    double fourth = raw[4] / raw[0];
    return new Moments(
        mean,
        second - mean * mean,
        fourth - 4 * mean * third + 6 * mean * mean * second - 3 * Math.pow(mean, 4));
  }
}
