package org.stic.data;

import java.util.Arrays;

/**
 * The centre square of an image, resized: the shorter side becomes {@code side} pixels, the longer
 * one in proportion, rounded down, and what exceeds the square is cut off on both ends.
 *
 * @param side width and height of the result
 */
record SquareCrop(int side) {
  private static final int CHANNELS = 3;

  /** The red, green and blue plane of the square, one after another. */
  byte[] of(RgbImage image) {
    byte[] planes = new byte[CHANNELS * side * side];
    for (int channel = 0; channel < CHANNELS; channel++) {
      plane(image, channel, planes, channel * side * side);
    }
    return planes;
  }

  /** Writes one channel of the square to {@code target[offset ...]}. */
  void plane(RgbImage image, int channel, byte[] target, int offset) {
    int shorter = Math.min(image.width(), image.height());
    Resampling across = axis(image.width(), shorter);
    Resampling down = axis(image.height(), shorter);
    float[] rows = new float[Math.multiplyExact(down.to() - down.from(), side)];
    resizeRows(image, channel, across, down, rows);
    resizeColumns(rows, down, target, offset);
  }

  private Resampling axis(int length, int shorter) {
    int resized = Math.toIntExact((long) length * side / shorter);
    return Resampling.of(length, resized, (resized - side) / 2, side);
  }

  private void resizeRows(
      RgbImage image, int channel, Resampling across, Resampling down, float[] rows) {
    byte[] data = image.data();
    for (int row = down.from(); row < down.to(); row++) {
      int start = image.start(row, channel);
      int target = (row - down.from()) * side;
      for (int column = 0; column < side; column++) {
        float[] weights = across.weights()[column];
        int position = start + across.first()[column] * image.pixelStride();
        float sum = 0;
        for (float weight : weights) {
          sum += weight * (data[position] & 0xFF);
          position += image.pixelStride();
        }
        rows[target + column] = sum;
      }
    }
  }

  private void resizeColumns(float[] rows, Resampling down, byte[] planes, int plane) {
    float[] sums = new float[side];
    for (int row = 0; row < side; row++) {
      Arrays.fill(sums, 0);
      int source = (down.first()[row] - down.from()) * side;
      for (float weight : down.weights()[row]) {
        for (int column = 0; column < side; column++) {
          sums[column] += weight * rows[source + column];
        }
        source += side;
      }
      for (int column = 0; column < side; column++) {
        planes[plane + row * side + column] = (byte) Math.clamp(Math.round(sums[column]), 0, 255);
      }
    }
  }
}
