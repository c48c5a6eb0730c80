package org.stic.training;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.graph.Gradients;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.metrics.AreaUnderRoc;
import org.stic.metrics.Confidence;
import org.stic.settings.ConfigurationException;

/** Tells test images of a classifier from images of other sets. Owns its program. */
public final class OutlierMeter implements AutoCloseable {
  private static final int BATCH = 100;

  private final MeasuredClassifier subject;
  private final ImageDataset test;
  private final Predictor predictor;
  private final Scores inside;

  /**
   * Scores the test images.
   *
   * @param subject stays open as long as this
   */
  public OutlierMeter(MeasuredClassifier subject, ImageDataset test) {
    this.subject = subject;
    this.test = test;
    predictor = new Predictor(subject.device(), subject.image(), BATCH, this::outputs);
    try {
      inside = scores(test);
    } catch (RuntimeException e) {
      predictor.close();
      throw e;
    }
  }

  private Map<String, Tensor> outputs(Tensor images) {
    Tensor logits = subject.classLogits(images);
    Tensor density = Ops.logSumExp(logits);
    Tensor gradient = Gradients.of(density, List.of(images)).getFirst();
    Tensor norm = Ops.sqrt(Ops.sum(Ops.square(gradient), 1, 2, 3));
    int count = images.shape().dim(0);
    return Map.of(
        "logits",
        logits,
        "density",
        Ops.reshape(density, Shape.of(count, 1)),
        "norm",
        Ops.reshape(norm, Shape.of(count, 1)));
  }

  /** Higher for what looks like a test image. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scores(double[] softmax, double[] density, double[] flatness) {}

  private Scores scores(ImageDataset data) {
    Map<String, float[]> answers =
        predictor.run(data.count(), (index, target) -> data.readImage(index, target, 0));
    double[] norms = doubles(answers.get("norm"));
    return new Scores(
        Confidence.ofLogits(answers.get("logits"), subject.classes()),
        doubles(answers.get("density")),
        IntStream.range(0, norms.length).mapToDouble(index -> -norms[index]).toArray());
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(index -> values[index]).toArray();
  }

  /** Refuses a set whose images have another shape. */
  public static void requireSameShape(ImageDataset test, ImageDataset others) {
    ImageShape wanted = test.shape();
    if (!others.shape().equals(wanted)) {
      throw new ConfigurationException(
          "images of %s are %s, those of %s are %s: name a set of the same shape"
              .formatted(others.name(), others.shape(), test.name(), wanted));
    }
  }

  /** How well the scores tell test images from others of the same shape. */
  public OutlierDetection detect(ImageDataset others) {
    requireSameShape(test, others);
    Scores outside = scores(others);
    return new OutlierDetection(
        others.name(),
        test.count(),
        others.count(),
        AreaUnderRoc.of(inside.softmax(), outside.softmax()),
        AreaUnderRoc.of(inside.density(), outside.density()),
        AreaUnderRoc.of(inside.flatness(), outside.flatness()));
  }

  @Override
  public void close() {
    predictor.close();
  }
}
