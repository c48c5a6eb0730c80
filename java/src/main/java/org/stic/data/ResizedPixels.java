package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The images of another store, each channel resized and cropped to a square. */
final class ResizedPixels implements PixelStore {
  private final PixelStore source;
  private final SquareCrop crop;

  ResizedPixels(PixelStore source, int side) {
    this.source = source;
    crop = new SquareCrop(side);
  }

  @Override
  public MemorySegment image(int place) {
    byte[] pixels = source.image(place).toArray(ValueLayout.JAVA_BYTE);
    ImageShape from = source.shape();
    byte[] resized = new byte[shape().elements()];
    for (int channel = 0; channel < from.channels(); channel++) {
      int plane = channel * from.height() * from.width();
      RgbImage grey =
          new RgbImage(from.width(), from.height(), pixels, plane, from.width(), 1, 0, 0, 0);
      crop.plane(grey, 0, resized, channel * crop.side() * crop.side());
    }
    return MemorySegment.ofArray(resized);
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(source.shape().channels(), crop.side(), crop.side());
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Optional<String> identity() {
    return source.identity().map(identity -> "resized %d %s".formatted(crop.side(), identity));
  }

  @Override
  public ReadingReport report() {
    return source.report();
  }
}
