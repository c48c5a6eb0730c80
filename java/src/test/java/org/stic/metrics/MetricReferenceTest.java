package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The metrics against SciPy and scikit-learn; {@code java/src/test/python/metric_fixtures.py} made
 * the values.
 */
class MetricReferenceTest {
  private static final JsonNode REFERENCE = reference();

  private static JsonNode reference() {
    try (InputStream file = MetricReferenceTest.class.getResourceAsStream("reference.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) numbers.get(index).asDouble();
    }
    return values;
  }

  private static double[] doubles(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  @Test
  void classification() {
    JsonNode expected = REFERENCE.path("classification");
    float[] logits = floats(expected.path("logits"));
    int classes = expected.path("classes").asInt();
    int[] labels =
        IntStream.range(0, logits.length / classes)
            .map(row -> expected.path("labels").get(row).asInt())
            .toArray();
    var quality = ClassificationQuality.of(logits, classes, labels);
    assertEquals(labels.length, quality.images());
    assertEquals(expected.path("accuracy").asDouble(), quality.accuracy(), 1e-15);
    assertEquals(expected.path("top_five_accuracy").asDouble(), quality.topFiveAccuracy(), 1e-15);
    double likelihood = expected.path("negative_log_likelihood").asDouble();
    assertEquals(likelihood, quality.negativeLogLikelihood(), 1e-12 * likelihood);
    // Probabilities are rounded to single precision.
    assertEquals(
        expected.path("expected_calibration_error").asDouble(),
        quality.calibration().expectedError(),
        1e-7);
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      assertBin(expected.path("bins").get(bin), quality.calibration().bins().get(bin));
    }
    for (int row = 0; row < classes; row++) {
      for (int column = 0; column < classes; column++) {
        assertEquals(
            expected.path("confusion").get(row).get(column).asInt(),
            quality.confusion().counts()[row][column]);
      }
    }
  }

  private static void assertBin(JsonNode expected, ReliabilityBin bin) {
    assertEquals(expected.get(0).asInt(), bin.count());
    if (bin.count() == 0) {
      assertTrue(Double.isNaN(bin.confidence()) && Double.isNaN(bin.accuracy()));
    } else {
      assertEquals(expected.get(1).asDouble(), bin.confidence(), 1e-7);
      assertEquals(expected.get(2).asDouble(), bin.accuracy(), 1e-15);
    }
  }

  @Test
  void classifierScore() {
    JsonNode expected = REFERENCE.path("classification");
    int classes = expected.path("classes").asInt();
    float[] probabilities = Probabilities.ofLogits(floats(expected.path("logits")), classes);
    assertEquals(
        expected.path("classifier_score").asDouble(),
        ClassifierScore.of(probabilities, classes),
        1e-6);
    double[] parts = doubles(expected.path("classifier_score_of_4_parts"));
    // 203 images: 50 a part, three left out.
    MeanAndDeviation splits = ClassifierScore.ofSplits(probabilities, classes, 4);
    for (int part = 0; part < parts.length; part++) {
      assertEquals(parts[part], splits.values().get(part), 1e-6);
    }
  }

  @Test
  void areaUnderRoc() {
    for (JsonNode expected : REFERENCE.path("areas_under_roc")) {
      assertEquals(
          expected.path("area").asDouble(),
          AreaUnderRoc.of(doubles(expected.path("higher")), doubles(expected.path("lower"))),
          1e-12);
    }
  }

  @TestFactory
  Stream<DynamicTest> featureSets() {
    return StreamSupport.stream(REFERENCE.path("feature_sets").spliterator(), false)
        .map(expected -> dynamicTest(expected.path("name").asText(), () -> assertSets(expected)));
  }

  private static void assertSets(JsonNode expected) {
    int width = expected.path("width").asInt();
    Features one = new Features(floats(expected.path("one")), width);
    Features other = new Features(floats(expected.path("other")), width);
    assertFrechetDistance(expected.path("frechet_distance").asDouble(), one, other);
    assertKernelDistance(expected.path("kernel_distance").asDouble(), one, other);
    int k = expected.path("k").asInt();
    SetCoverage coverage = SetCoverage.of(one, other, k, InnerProducts.PLAIN);
    assertEquals(expected.path("precision").asDouble(), coverage.precision(), 1e-15);
    assertEquals(expected.path("recall").asDouble(), coverage.recall(), 1e-15);
    assertEquals(expected.path("density").asDouble(), coverage.density(), 1e-15);
    assertEquals(expected.path("coverage").asDouble(), coverage.coverage(), 1e-15);
  }

  /** The root of a rounded zero eigenvalue is what costs digits where a covariance is singular. */
  private static void assertFrechetDistance(double expected, Features one, Features other) {
    FeatureStatistics first = FeatureStatistics.of(one);
    FeatureStatistics second = FeatureStatistics.of(other);
    assertEquals(expected, first.distance(second), 1e-6 * (1 + expected));
    assertEquals(expected, second.distance(first), 1e-6 * (1 + expected));
  }

  /** All images in one subset; its size decides the sets' first images. */
  private static void assertKernelDistance(double expected, Features one, Features other) {
    int size = Math.min(one.count(), other.count());
    KernelDistance distance =
        KernelDistance.of(
            first(one, size),
            first(other, size),
            1,
            size,
            new SplittableRandom(1),
            InnerProducts.PLAIN);
    // Kernel values cancel; products are rounded to single precision.
    assertEquals(expected, distance.mean(), 1e-5 * (1 + Math.abs(expected)));
    assertTrue(Double.isNaN(distance.standardError()));
  }

  private static Features first(Features features, int count) {
    float[] values = new float[count * features.width()];
    System.arraycopy(features.values(), 0, values, 0, values.length);
    return new Features(values, features.width());
  }
}
