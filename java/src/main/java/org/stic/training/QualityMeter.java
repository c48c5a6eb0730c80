package org.stic.training;

import java.util.stream.IntStream;
import org.stic.data.ImageDataset;
import org.stic.metrics.Accuracy;
import org.stic.metrics.ClassifierScore;
import org.stic.metrics.FeatureStatistics;
import org.stic.metrics.Features;
import org.stic.metrics.Planes;
import org.stic.metrics.WithinClassDistance;

/**
 * Measures sets of images by a judge and against real test images, of which the first {@value
 * #MOST_PER_CLASS} of each class say how varied and how sharp images are.
 */
final class QualityMeter {
  private static final int MOST_PER_CLASS = 200;
  private static final int THUMBNAIL_SIDE = 8;

  private final TrainedJudge judge;
  private final int classes;
  private final int elements;
  private final Planes planes;
  private final Spread real;

  /** Measures the test images, once. */
  QualityMeter(TrainedJudge judge, ImageDataset test) {
    this.judge = judge;
    classes = test.classNames().size();
    elements = test.shape().elements();
    planes = new Planes(test.shape().height(), test.shape().width());
    ImageDataset sample = test.select(firstOfEachClass(test));
    int[] labels = IntStream.range(0, sample.count()).map(sample::label).toArray();
    float[] images = images(sample, IntStream.range(0, sample.count()).toArray());
    real = spread(images, judge(images).features(), labels);
  }

  /**
   * Absolute figures of a set of images.
   *
   * @param features mean distance within a class in the judge's features
   * @param highFrequency energy of the images less their 3x3 means
   * @param pixels mean distance within a class of thumbnails
   */
  private record Spread(double features, double highFrequency, double pixels) {}

  private static int[] firstOfEachClass(ImageDataset data) {
    return IntStream.range(0, data.classNames().size())
        .flatMap(label -> IntStream.of(data.indicesOfClass(label)).limit(MOST_PER_CLASS))
        .toArray();
  }

  private static float[] images(ImageDataset data, int[] indices) {
    int elements = data.shape().elements();
    float[] images = new float[Math.multiplyExact(indices.length, elements)];
    for (int place = 0; place < indices.length; place++) {
      data.readImage(indices[place], images, place * elements);
    }
    return images;
  }

  private Judge.Verdict judge(float[] images) {
    return judge.judge(images.length / elements, Predictor.of(images, elements));
  }

  private Spread spread(float[] images, Features features, int[] labels) {
    float[] thumbnails = planes.thumbnails(images, THUMBNAIL_SIDE);
    int thumbnail = thumbnails.length / labels.length;
    return new Spread(
        WithinClassDistance.of(features.values(), features.width(), labels, MOST_PER_CLASS),
        planes.highFrequencyEnergy(images),
        WithinClassDistance.of(thumbnails, thumbnail, labels, MOST_PER_CLASS));
  }

  /** Measures images of which image i is to show class {@code i mod classes}. */
  ImageQuality measure(float[] images) {
    Judge.Verdict verdict = judge(images);
    int[] wanted =
        IntStream.range(0, images.length / elements).map(index -> index % classes).toArray();
    Spread spread = spread(images, verdict.features(), wanted);
    return new ImageQuality(
        Accuracy.of(verdict.probabilities(), classes, wanted),
        ClassifierScore.of(verdict.probabilities(), verdict.classes()),
        judge.realFeatures().distance(FeatureStatistics.of(verdict.features())),
        spread.features() / real.features(),
        spread.highFrequency() / real.highFrequency(),
        spread.pixels() / real.pixels());
  }

  /** What {@code count} real training images score, the classes in turn: the floor of drawings. */
  ImageQuality ofReal(ImageDataset train, int count) {
    return measure(images(train, classesInTurn(train, count)));
  }

  /** The first images of each class, the classes in turn, from the start again where one ends. */
  static int[] classesInTurn(ImageDataset data, int count) {
    int classes = data.classNames().size();
    int[][] ofClass =
        IntStream.range(0, classes).mapToObj(data::indicesOfClass).toArray(int[][]::new);
    return IntStream.range(0, count)
        .map(index -> ofClass[index % classes][index / classes % ofClass[index % classes].length])
        .toArray();
  }
}
