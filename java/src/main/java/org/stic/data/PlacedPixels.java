package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The square images of another store, each at a random place of a larger black canvas. The place is
 * a function of the split and of the image's place in its store.
 */
record PlacedPixels(PixelStore source, Split split, int side) implements PixelStore {

  @Override
  public ImageShape shape() {
    return new ImageShape(source.shape().channels(), side, side);
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public MemorySegment image(int place) {
    int object = source.shape().height();
    CounterRandom random = new CounterRandom(side, split == Split.TRAIN ? 0 : 1, place);
    int left = random.nextInt(side - object + 1);
    int top = random.nextInt(side - object + 1);
    MemorySegment picture = source.image(place);
    MemorySegment canvas = MemorySegment.ofArray(new byte[shape().elements()]);
    for (int row = 0; row < source.shape().channels() * object; row++) {
      long to = (row / object * side + top + row % object) * (long) side + left;
      MemorySegment.copy(picture, (long) row * object, canvas, to, object);
    }
    return canvas;
  }

  @Override
  public boolean isCostly() {
    return source.isCostly();
  }

  @Override
  public Optional<String> identity() {
    return source.identity().map(identity -> "placed %d %s %s".formatted(side, split, identity));
  }

  @Override
  public ReadingReport report() {
    return source.report();
  }
}
