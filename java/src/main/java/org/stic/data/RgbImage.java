package org.stic.data;

/**
 * Eight-bit pixels as a decoder left them, read as RGB: the red value of pixel (x, y) is {@code
 * data[offset + y * rowStride + x * pixelStride + red]}. Grey images have three equal offsets.
 */
@SuppressWarnings("ArrayRecordComponent")
record RgbImage(
    int width,
    int height,
    byte[] data,
    int offset,
    int rowStride,
    int pixelStride,
    int red,
    int green,
    int blue) {

  /** Pixels that lie red, green, blue, row after row without gaps. */
  static RgbImage interleaved(int width, int height, byte[] data) {
    return new RgbImage(width, height, data, 0, 3 * width, 3, 0, 1, 2);
  }

  /** Where channel 0 (red), 1 (green) or 2 (blue) of the first pixel of a row lies. */
  int start(int row, int channel) {
    int band = channel == 0 ? red : channel == 1 ? green : blue;
    return offset + row * rowStride + band;
  }
}
