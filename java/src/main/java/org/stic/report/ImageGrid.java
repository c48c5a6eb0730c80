package org.stic.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Many small images in rows and columns of one PNG picture, enlarged by whole factors so that
 * single pixels stay visible.
 *
 * <p>Images are floats in [-1, 1], channel after channel and row after row, as everywhere in this
 * program; x becomes round((x + 1) * 127.5), and values outside are clipped.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of one image
 * @param width columns of one image
 * @param columns images side by side
 */
public record ImageGrid(int channels, int height, int width, int columns) {
  private static final int SMALLEST_SIDE = 64;
  private static final int MARGIN = 4;

  public ImageGrid {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (height < 1 || width < 1 || columns < 1) {
      throw new IllegalArgumentException("a grid has at least one row, column and pixel");
    }
  }

  /**
   * Writes a picture, complete or not at all.
   *
   * @param images any number of images, filling the grid row by row
   */
  public void write(Path file, float[] images) throws IOException {
    AtomicFile.write(file, png(images));
  }

  private byte[] png(float[] images) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(draw(images), "png", out);
    return out.toByteArray();
  }

  BufferedImage draw(float[] images) {
    int elements = channels * height * width;
    if (images.length == 0 || images.length % elements != 0) {
      throw new IllegalArgumentException(
          images.length + " values are no whole number of images of " + elements);
    }
    int count = images.length / elements;
    BufferedImage picture = emptyPicture(count);
    for (int image = 0; image < count; image++) {
      int left = MARGIN + image % columns * (width * scale() + MARGIN);
      int top = MARGIN + image / columns * (height * scale() + MARGIN);
      drawImage(picture, left, top, images, image * elements);
    }
    return picture;
  }

  private BufferedImage emptyPicture(int count) {
    int rows = (count + columns - 1) / columns;
    int pictureWidth = MARGIN + columns * (width * scale() + MARGIN);
    int pictureHeight = MARGIN + rows * (height * scale() + MARGIN);
    BufferedImage picture =
        new BufferedImage(pictureWidth, pictureHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, pictureWidth, pictureHeight);
    graphics.dispose();
    return picture;
  }

  private void drawImage(BufferedImage picture, int left, int top, float[] images, int start) {
    for (int y = 0; y < height * scale(); y++) {
      for (int x = 0; x < width * scale(); x++) {
        int position = y / scale() * width + x / scale();
        picture.setRGB(left + x, top + y, colour(images, start + position));
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

  /** The smallest whole factor that makes an image at least {@value #SMALLEST_SIDE} pixels high. */
  private int scale() {
    return Math.max(1, (SMALLEST_SIDE + height - 1) / height);
  }

  private static int level(float value) {
    return Math.clamp(Math.round((value + 1) * 127.5f), 0, 255);
  }
}
