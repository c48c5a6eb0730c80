package org.stic.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set that is made from another one and has no files of its own: {@code NAME-placed-SIDE}, each
 * image at a random place of a black canvas, resized to seven sixteenths of its side: 28 of 64
 * pixels. The card {@code datasets/placed.md} describes it.
 *
 * @param source name of the other set
 * @param side pixels of the canvas's sides
 */
record PlacedDataset(String source, int side) {
  /** The first images of a split are placed; all where there are fewer. */
  private static final int TRAIN_IMAGES = 20_000;

  private static final int TEST_IMAGES = 2_000;
  private static final int LEAST_SIDE = 32;
  private static final int MOST_SIDE = 1024;
  private static final Pattern NAME = Pattern.compile("([^:@/]+)-placed-(\\d{1,6})");

  /**
   * The set of a name; empty where the name is not of this kind.
   *
   * @throws DatasetException if the side is out of range
   */
  static Optional<PlacedDataset> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int side = Integer.parseInt(matcher.group(2));
    if (side < LEAST_SIDE || side > MOST_SIDE) {
      throw new DatasetException(
          "data set %s: its canvas can have from %d to %d pixels a side, not %d"
              .formatted(name, LEAST_SIDE, MOST_SIDE, side));
    }
    return Optional.of(new PlacedDataset(matcher.group(1), side));
  }

  /** The split that is made from the other set's. */
  ImageDataset of(ImageDataset data) {
    int most = data.split() == Split.TRAIN ? TRAIN_IMAGES : TEST_IMAGES;
    return data.first(Math.min(most, data.count()))
        .resized(side * 7 / 16)
        .changed(
            source + "-placed-" + side, pixels -> new PlacedPixels(pixels, data.split(), side));
  }
}
