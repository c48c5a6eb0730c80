package org.stic.training;

/**
 * Pixels in [-1, 1] as unsigned bytes, as real images are kept: rounding then tells no drawing from
 * a real image.
 */
final class PixelBytes {
  private static final float HALF_RANGE = 127.5f;

  private PixelBytes() {}

  /** Rounds {@code count} pixels from {@code pixels[from ...]} to {@code bytes[to ...]}. */
  static void encode(float[] pixels, int from, byte[] bytes, int to, int count) {
    for (int element = 0; element < count; element++) {
      bytes[to + element] = (byte) Math.round((pixels[from + element] + 1) * HALF_RANGE);
    }
  }

  /** Reads {@code count} pixels from {@code bytes[from ...]} to {@code pixels[to ...]}. */
  static void decode(byte[] bytes, int from, float[] pixels, int to, int count) {
    for (int element = 0; element < count; element++) {
      pixels[to + element] = Byte.toUnsignedInt(bytes[from + element]) / HALF_RANGE - 1;
    }
  }
}
