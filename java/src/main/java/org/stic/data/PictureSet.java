package org.stic.data;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pictures of one or two splits; without test pictures, some are drawn from the training ones. The
 * classes take turns, so that the first images of a set show all of them.
 */
final class PictureSet implements OpenedSet {
  private static final int MOST_TRIED = 100;

  private final DataLocation location;
  private final Map<Split, LabelledImages> splits;

  PictureSet(DataLocation location, Map<Split, LabelledImages> splits) {
    this.location = location;
    this.splits = new EnumMap<>(Split.class);
    splits.forEach((split, source) -> this.splits.put(split, Screening.of(source)));
  }

  @Override
  public ImageDataset load(Split split, LoadOptions options) {
    LabelledImages chosen = inTurns(split(split, options.splitSeed()));
    int side = options.imageSize() > 0 ? options.imageSize() : ownSide();
    DecodedPixels pixels = new DecodedPixels(chosen, side);
    requireReadable(pixels, chosen);
    return new ImageDataset(
        location.title(),
        split,
        chosen.classNames(),
        CachedPixels.of(pixels),
        chosen.labels().clone());
  }

  private LabelledImages split(Split split, long seed) {
    if (splits.containsKey(Split.TEST)) {
      return splits.get(split);
    }
    LabelledImages all = splits.get(Split.TRAIN);
    boolean[] isTest = ClassOrder.drawTest(all.labels(), all.classNames().size(), seed);
    boolean wanted = split == Split.TEST;
    int[] places =
        IntStream.range(0, isTest.length).filter(place -> isTest[place] == wanted).toArray();
    if (places.length == 0) {
      throw new DatasetException(
          "%s has too few pictures to set some aside as test images: every class has only one"
              .formatted(location.path()));
    }
    return all.select(places);
  }

  private static LabelledImages inTurns(LabelledImages sorted) {
    return sorted.select(ClassOrder.inTurns(sorted.labels(), sorted.classNames().size()));
  }

  /** The shorter side of the first training picture, so that both splits agree. */
  private int ownSide() {
    EncodedImages images = splits.get(Split.TRAIN).images();
    IOException problem = null;
    for (int place = 0; place < Math.min(images.count(), MOST_TRIED); place++) {
      try {
        RgbImage first = ImageDecoder.decode(images.bytes(place)).image();
        int shorter = Math.min(first.width(), first.height());
        return Math.min(shorter, LoadOptions.LARGEST_OWN_SIZE);
      } catch (IOException e) {
        problem = e;
      }
    }
    throw unreadable(images, problem);
  }

  /** Tries pictures from all over the set until one can be read. */
  private void requireReadable(DecodedPixels pixels, LabelledImages source) {
    int tries = Math.min(pixels.count(), MOST_TRIED);
    IOException problem = null;
    for (int index = 0; index < tries; index++) {
      try {
        pixels.read((int) ((long) index * pixels.count() / tries));
        return;
      } catch (IOException e) {
        problem = e;
      }
    }
    throw unreadable(source.images(), problem);
  }

  private DatasetException unreadable(EncodedImages images, IOException problem) {
    return new DatasetException(
        "none of the %d pictures of %s that were tried can be read, such as %s: %s"
            .formatted(
                Math.min(images.count(), MOST_TRIED),
                location.path(),
                images.describe(0),
                IoReason.of(problem)),
        problem);
  }
}
