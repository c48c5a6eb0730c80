package org.stic.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Pictures that are decoded, resized and cropped to a square each time they are read. For a picture
 * that cannot be read the next one of its class stands in, so that an image is always the same
 * whatever was read before; it is counted and reported.
 */
final class DecodedPixels implements PixelStore {
  /** A set in which so many pictures in a row are unreadable is not one to go on with. */
  private static final int MOST_ATTEMPTS = 100;

  private final LabelledImages source;
  private final SquareCrop crop;
  private final ReadingTally tally;

  DecodedPixels(LabelledImages source, int side) {
    this.source = source;
    crop = new SquareCrop(side);
    tally = new ReadingTally(source.images().count(), source.skipped());
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(3, crop.side(), crop.side());
  }

  @Override
  public int count() {
    return source.images().count();
  }

  @Override
  public MemorySegment image(int place) {
    IOException first = null;
    int candidate = place;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return MemorySegment.ofArray(read(candidate));
      } catch (ClosedByInterruptException e) {
        throw interrupted(e);
      } catch (IOException e) {
        first = first == null ? e : first;
        tally.unreadable(candidate, reason(candidate, e));
        candidate = nextOfClass(candidate);
        if (candidate == place) {
          break;
        }
      }
    }
    throw new DatasetException(
        "%s, and no other image of class '%s' near it can be read"
            .formatted(reason(place, first), source.classNames().get(source.labels()[place])),
        first);
  }

  /** The square of a picture itself, with no other standing in. */
  byte[] read(int place) throws IOException {
    ImageDecoder.Decoded decoded = ImageDecoder.decode(source.images().bytes(place));
    tally.read(place, decoded.converted() || isMisnamed(place, decoded.format()));
    return crop.of(decoded.image());
  }

  private boolean isMisnamed(int place, ImageFormat format) {
    return format.contradicts(source.images().fileName(place));
  }

  private int nextOfClass(int place) {
    int[] labels = source.labels();
    int next = (place + 1) % labels.length;
    while (labels[next] != labels[place]) {
      next = (next + 1) % labels.length;
    }
    return next;
  }

  private String reason(int place, IOException problem) {
    return "cannot read image %s: %s"
        .formatted(source.images().describe(place), IoReason.of(problem));
  }

  private static CancellationException interrupted(ClosedByInterruptException cause) {
    CancellationException interrupted = new CancellationException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Optional<String> identity() {
    return Optional.of("decoded %d %s".formatted(crop.side(), source.images().identity()));
  }

  @Override
  public ReadingReport report() {
    return tally.report();
  }
}
