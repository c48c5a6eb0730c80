package org.stic.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Many images in rows and columns of one PNG picture. Images are floats in [-1, 1], channel after
 * channel and row after row; small ones are enlarged by a whole factor.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of one image
 * @param width columns of one image
 * @param columns images side by side
 */
public record ImageGrid(int channels, int height, int width, int columns) {
  private static final int MARGIN = 4;
  private static final int MOST_PIXELS = 6 << 20;

  public ImageGrid {
    var _ = new ImagePainter(channels, height, width);
    if (columns < 1) {
      throw new IllegalArgumentException("a grid has at least one column");
    }
  }

  /** Rows that a picture can have without becoming unwieldy: at most 6 million pixels in all. */
  public int mostRows() {
    ImagePainter painter = painter();
    long rowPixels =
        (long) (painter.paintedHeight() + MARGIN)
            * (columns * (painter.paintedWidth() + MARGIN) + MARGIN);
    return Math.toIntExact(Math.max(1, MOST_PIXELS / rowPixels));
  }

  /**
   * Writes a picture, complete or not at all.
   *
   * @param images any number of images, filling the grid row by row
   */
  public void write(Path file, float[] images) throws IOException {
    AtomicFile.write(file, png(images));
  }

  /** The picture as a PNG file's content. */
  public byte[] png(float[] images) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(draw(images), "png", out);
    return out.toByteArray();
  }

  BufferedImage draw(float[] images) {
    ImagePainter painter = painter();
    int elements = painter.elements();
    if (images.length == 0 || images.length % elements != 0) {
      throw new IllegalArgumentException(
          images.length + " values are no whole number of images of " + elements);
    }
    int count = images.length / elements;
    BufferedImage picture =
        ImagePainter.blank(
            place(columns, painter.paintedWidth()),
            place(Math.ceilDiv(count, columns), painter.paintedHeight()));
    for (int image = 0; image < count; image++) {
      int left = place(image % columns, painter.paintedWidth());
      int top = place(image / columns, painter.paintedHeight());
      painter.paint(picture, left, top, images, image * elements);
    }
    return picture;
  }

  /** Where the image with a number begins in its row or column. */
  private static int place(int number, int side) {
    return Math.addExact(MARGIN, Math.multiplyExact(number, side + MARGIN));
  }

  private ImagePainter painter() {
    return new ImagePainter(channels, height, width);
  }
}
