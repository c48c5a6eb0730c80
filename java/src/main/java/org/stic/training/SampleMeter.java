package org.stic.training;

import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.metrics.Accuracy;
import org.stic.metrics.ClassifierScore;
import org.stic.metrics.FeatureStatistics;
import org.stic.metrics.Features;
import org.stic.metrics.InnerProducts;
import org.stic.metrics.KernelDistance;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.SetCoverage;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.ConfigurationException;

/**
 * Compares sets of images with real test images in a judge's features. Images of the training set,
 * measured alike, say what is possible: the floor. Owns its program.
 */
public final class SampleMeter implements AutoCloseable {
  /** Fewer images have no neighbours to speak of. */
  public static final int FEWEST = 2 * SetCoverage.NEIGHBOURS;

  private static final int PARTS = 10;
  private static final int SUBSET_SEED = 1;

  private final Judge judge;
  private final Features real;
  private final FeatureStatistics realStatistics;
  private final double judgeAccuracy;
  private final DeviceInnerProducts products;

  /** Has the judge see all test images. */
  public SampleMeter(Device device, Judge judge, ImageDataset test) {
    this.judge = judge;
    Judge.Verdict verdict =
        judge.judge(test.count(), (index, target) -> test.readImage(index, target, 0));
    real = verdict.features();
    realStatistics = FeatureStatistics.of(real);
    judgeAccuracy = accuracy(verdict, test);
    products = new DeviceInnerProducts(device, InnerProducts.MOST_ROWS, judge.featureWidth());
  }

  private static double accuracy(Judge.Verdict verdict, ImageDataset test) {
    int[] labels = IntStream.range(0, test.count()).map(test::label).toArray();
    return verdict.classes() == test.classNames().size()
        ? Accuracy.of(verdict.probabilities(), verdict.classes(), labels)
        : Double.NaN;
  }

  /**
   * Fraction of the test images whose label is the number of the judge's answer; NaN where it has
   * another number of classes than they.
   */
  public double judgeAccuracy() {
    return judgeAccuracy;
  }

  /** Number of test images that sets are compared with. */
  public int realImages() {
    return real.count();
  }

  /** Measures images that lie one after another. */
  public SampleFigures measure(float[] images) {
    int elements = judge.image().intElements();
    return measure(images.length / elements, Predictor.of(images, elements));
  }

  /** Measures the first {@code count} images of a set with its classes in turn. */
  public SampleFigures ofReal(ImageDataset data, int count) {
    int[] chosen = QualityMeter.classesInTurn(data, count);
    return measure(count, (index, target) -> data.readImage(chosen[index], target, 0));
  }

  private SampleFigures measure(int count, Predictor.Images images) {
    if (count < FEWEST || real.count() < FEWEST) {
      throw new ConfigurationException(
          "comparing %d images with %d real ones says nothing: %d or more of each are needed"
              .formatted(count, real.count(), FEWEST));
    }
    Judge.Verdict verdict = judge.judge(count, images);
    float[] probabilities = verdict.probabilities();
    int classes = verdict.classes();
    MeanAndDeviation parts = ClassifierScore.ofSplits(probabilities, classes, PARTS);
    return new SampleFigures(
        count,
        ClassifierScore.of(probabilities, classes),
        parts.mean(),
        parts.deviation(),
        frechetDistance(verdict.features()),
        kernelDistance(verdict.features()),
        coverage(verdict.features()));
  }

  private double frechetDistance(Features features) {
    return features.count() > features.width()
        ? realStatistics.distance(FeatureStatistics.of(features))
        : Double.NaN;
  }

  private KernelDistance kernelDistance(Features features) {
    var random = new RandomKey(SUBSET_SEED, Purpose.KERNEL_SUBSETS, 0, 0).generator();
    return KernelDistance.of(features, real, random, products);
  }

  private SetCoverage coverage(Features features) {
    int count = Math.min(features.count(), real.count());
    return SetCoverage.of(
        features.first(count), real.first(count), SetCoverage.NEIGHBOURS, products);
  }

  @Override
  public void close() {
    products.close();
  }
}
