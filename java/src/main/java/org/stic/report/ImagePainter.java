package org.stic.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Paints images of floats in [-1, 1], channel after channel and row after row, as everywhere in
 * this program, enlarged by a whole factor so that single pixels stay visible; x becomes round((x +
 * 1) * 127.5), and values outside are clipped.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of an image
 * @param width columns of an image
 */
record ImagePainter(int channels, int height, int width) {
  private static final int SMALLEST_SIDE = 64;

  ImagePainter {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("an image has at least one pixel");
    }
  }

  /** Values of one image. */
  int elements() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** The smallest whole factor that makes an image at least {@value #SMALLEST_SIDE} pixels high. */
  int scale() {
    return Math.ceilDiv(SMALLEST_SIDE, Math.min(height, SMALLEST_SIDE));
  }

  int paintedHeight() {
    return height * scale();
  }

  int paintedWidth() {
    return width * scale();
  }

  /** A white picture. */
  static BufferedImage blank(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return picture;
  }

  /** Paints the image that begins at {@code start} with its upper left corner at a place. */
  void paint(BufferedImage picture, int left, int top, float[] images, int start) {
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    int stride = picture.getWidth();
    int factor = scale();
    for (int y = 0; y < paintedHeight(); y++) {
      int row = (top + y) * stride + left;
      for (int x = 0; x < paintedWidth(); x++) {
        pixels[row + x] = colour(images, start + y / factor * width + x / factor);
      }
    }
  }

  private int colour(float[] images, int position) {
    int plane = channels == 1 ? 0 : height * width;
    int red = level(images[position]);
    int green = level(images[position + plane]);
    int blue = level(images[position + 2 * plane]);
    return red << 16 | green << 8 | blue;
  }

  /** The grey level or share of a colour, from 0 to 255. */
  static int level(float value) {
    return Math.clamp(Math.round((value + 1) * 127.5f), 0, 255);
  }
}
