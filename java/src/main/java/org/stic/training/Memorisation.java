package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.metrics.Planes;
import org.stic.report.ImageGrid;

/**
 * Whether drawings are copies of training images: how far the nearest training image is from each,
 * beside how far it is from as many test images, which cannot be copies.
 *
 * @param drawings drawings looked at, the first of the evaluation; none was selected
 * @param controls test images looked at, evenly chosen
 * @param scanned training images among which the nearest was looked for, evenly chosen
 * @param trainingImages training images that there are
 * @param shown drawings in the picture, the first ones
 * @param side rows and columns of the means that pixels were compared by; 0 for the pixels
 *     themselves
 * @param features Euclidean distances in the judge's features
 * @param pixels root-mean-square differences of a pixel, which lies in [-1, 1]
 */
record Memorisation(
    int drawings,
    int controls,
    int scanned,
    int trainingImages,
    int shown,
    int side,
    Distances features,
    Distances pixels) {
  private static final int MOST_DRAWINGS = 100;
  private static final int MOST_SCANNED = 10_000;
  private static final int MOST_SHOWN = 20;
  private static final int COLUMNS = 10;
  private static final int LARGEST_SIDE = 32;
  private static final int BLOCK = 250;
  private static final int BLOCK_ELEMENTS = 1 << 20;

  /** Distance of each drawing and of each control from its nearest training image. */
  record Distances(List<Double> drawings, List<Double> controls) {}

  /**
   * Looks for the nearest training images and shows them under the drawings.
   *
   * @param drawings one image after another, in [-1, 1]
   * @param picture file of the picture: rows of drawings, below them the nearest training images in
   *     the judge's features, below these the nearest in pixels
   */
  static Memorisation check(
      Device device,
      Judge judge,
      ImageDataset train,
      ImageDataset test,
      float[] drawings,
      Path picture)
      throws IOException {
    int elements = train.shape().elements();
    int count = Math.min(MOST_DRAWINGS, drawings.length / elements);
    int controls = Math.min(count, test.count());
    float[] queries = Arrays.copyOf(drawings, (count + controls) * elements);
    for (int place = 0; place < controls; place++) {
      test.readImage(index(test, controls, place), queries, (count + place) * elements);
    }
    int scanned = Math.min(MOST_SCANNED, train.count());
    int side = largestSide(train);
    float[] seen = features(judge, queries, elements);
    float[] reduced = reduced(train, queries, side);
    int queryCount = count + controls;
    int block = Math.clamp(BLOCK_ELEMENTS / elements, 1, BLOCK);
    try (NearestSearch byFeatures =
            new NearestSearch(device, seen, seen.length / queryCount, block);
        NearestSearch byPixels =
            new NearestSearch(device, reduced, reduced.length / queryCount, block)) {
      for (int first = 0; first < scanned; first += block) {
        Cancellation.check();
        int from = first;
        float[] images =
            images(
                train,
                IntStream.range(from, Math.min(first + block, scanned))
                    .map(place -> index(train, scanned, place))
                    .toArray());
        byFeatures.offer(features(judge, images, elements), first);
        byPixels.offer(reduced(train, images, side), first);
      }
      int shown = Math.min(MOST_SHOWN, count);
      int[][] nearest = {byFeatures.nearest(), byPixels.nearest()};
      draw(train, scanned, drawings, nearest, shown, picture);
      double scale = Math.sqrt(reduced.length / (double) queryCount);
      return new Memorisation(
          count,
          controls,
          scanned,
          train.count(),
          shown,
          side,
          split(byFeatures.distances(), count, 1),
          split(byPixels.distances(), count, scale));
    }
  }

  /** The image with a place among {@code chosen} that are spread evenly over a set. */
  private static int index(ImageDataset data, int chosen, int place) {
    return Math.toIntExact((long) place * data.count() / chosen);
  }

  private static int largestSide(ImageDataset data) {
    int side = Math.max(data.shape().height(), data.shape().width());
    return side > LARGEST_SIDE ? LARGEST_SIDE : 0;
  }

  private static float[] features(Judge judge, float[] images, int elements) {
    return judge
        .judge(images.length / elements, Predictor.of(images, elements))
        .features()
        .values();
  }

  private static float[] reduced(ImageDataset data, float[] images, int side) {
    return side == 0
        ? images
        : new Planes(data.shape().height(), data.shape().width()).thumbnails(images, side);
  }

  private static float[] images(ImageDataset data, int[] indices) {
    int elements = data.shape().elements();
    float[] images = new float[indices.length * elements];
    for (int place = 0; place < indices.length; place++) {
      data.readImage(indices[place], images, place * elements);
    }
    return images;
  }

  private static Distances split(double[] distances, int drawings, double scale) {
    List<Double> scaled =
        DoubleStream.of(distances).map(distance -> distance / scale).boxed().toList();
    return new Distances(scaled.subList(0, drawings), scaled.subList(drawings, distances.length));
  }

  private static void draw(
      ImageDataset train, int scanned, float[] drawings, int[][] nearest, int shown, Path picture)
      throws IOException {
    int elements = train.shape().elements();
    int columns = Math.min(COLUMNS, shown);
    int rows = Math.ceilDiv(shown, columns);
    float[] cells = new float[rows * columns * 3 * elements];
    Arrays.fill(cells, 1);
    for (int image = 0; image < shown; image++) {
      int place = image / columns * 3 * columns + image % columns;
      System.arraycopy(drawings, image * elements, cells, place * elements, elements);
      for (int way = 0; way < nearest.length; way++) {
        int target = (place + (way + 1) * columns) * elements;
        train.readImage(index(train, scanned, nearest[way][image]), cells, target);
      }
    }
    var shape = train.shape();
    new ImageGrid(shape.channels(), shape.height(), shape.width(), columns).write(picture, cells);
  }
}
