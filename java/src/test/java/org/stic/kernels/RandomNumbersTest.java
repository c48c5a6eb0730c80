package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.cuda.KernelImage;

/** The generator's published test vectors, and the distribution and independence of its numbers. */
class RandomNumbersTest {
  private static final int N = 100_000;
  private static final long SEED = 20260101;

  private KernelRig rig;

  @BeforeEach
  void open() {
    rig = KernelRig.open(KernelImage.DEFAULT, SEED);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Known answers of Random123 1.14, kat_vectors: counter, key, result. */
  static Stream<String[]> knownAnswers() {
    return Stream.of(
        new String[] {
          "00000000 00000000 00000000 00000000",
          "00000000 00000000",
          "6627e8d5 e169c58d bc57ac4c 9b00dbd8"
        },
        new String[] {
          "ffffffff ffffffff ffffffff ffffffff",
          "ffffffff ffffffff",
          "408f276d 41c83b0e a20bc7c6 6d5451fd"
        },
        new String[] {
          "243f6a88 85a308d3 13198a2e 03707344",
          "a4093822 299f31d0",
          "d16cfe09 94fdcceb 5001e420 24126ea1"
        });
  }

  /** The reference generator, which the kernels must equal bit for bit (RandomCases). */
  @ParameterizedTest
  @MethodSource("knownAnswers")
  void publishedVectors(String counter, String key, String words) {
    assertArrayEquals(parse(words), Philox.words(parse(counter), parse(key)));
  }

  @Test
  void normalsAreNormal() {
    check(normals(0, 1, 0), new NormalDistribution(), 1);
  }

  @Test
  void uniformsAreUniform() {
    TestBuffer out = rig.poisoned(N);
    rig.runOnce(
        List.of(RandomNumbers.uniform(out.address(), N, rig.integers(5).address(), SEED, 2)));
    check(doubles(out), new UniformRealDistribution(), 1 / Math.sqrt(12));
  }

  @Test
  void stepsPurposesAndSeedsAreIndependent() {
    double[] reference = normals(0, 1, 0);
    for (double[] other :
        new double[][] {normals(0, 2, 0), normals(1, 1, 0), normals(0, 1, 1L << 32)}) {
      double correlation = new PearsonsCorrelation().correlation(reference, other);
      assertEquals(0, correlation, 4.5 / Math.sqrt(N));
    }
  }

  @Test
  void neighboursAreIndependent() {
    double[] z = normals(0, 1, 0);
    for (int lag : new int[] {1, 31, 32, 64, 96, 128}) {
      double sum = IntStream.range(0, N - lag).mapToDouble(i -> z[i] * z[i + lag]).sum();
      assertEquals(0, sum / (N - lag), 4.5 / Math.sqrt(N), "lag " + lag);
    }
  }

  @Test
  void aNegativePurposeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RandomNumbers.normal(0, 1, 0, 0, -1));
  }

  private double[] normals(int purpose, int step, long seedOffset) {
    TestBuffer out = rig.poisoned(N);
    TestBuffer counter = rig.integers(step);
    rig.runOnce(
        List.of(
            RandomNumbers.normal(out.address(), N, counter.address(), SEED + seedOffset, purpose)));
    return doubles(out);
  }

  /**
   * Mean and variance within 4.5 standard errors, and the whole distribution by Kolmogorov and
   * Smirnov.
   */
  private static void check(double[] sample, RealDistribution expected, double deviation) {
    DescriptiveStatistics statistics = new DescriptiveStatistics(sample);
    double root = Math.sqrt(N);
    assertEquals(expected.getNumericalMean(), statistics.getMean(), 4.5 * deviation / root);
    double variance = expected.getNumericalVariance();
    assertEquals(variance, statistics.getVariance(), 4.5 * variance * Math.sqrt(2) / root);
    double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, sample);
    assertTrue(p > 1e-3, "Kolmogorov-Smirnov p = " + p);
  }

  private static double[] doubles(TestBuffer buffer) {
    float[] values = buffer.floats();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static int[] parse(String words) {
    return Stream.of(words.split(" ")).mapToInt(HexFormat::fromHexDigits).toArray();
  }
}
