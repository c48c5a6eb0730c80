package org.stic.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.stic.graph.Shape;
import org.stic.settings.ConfigurationException;

/** Reads the picture that a user wants chains to start from. */
final class CanvasFile {
  private CanvasFile() {}

  /**
   * The pixels of a picture in [-1, 1], channel after channel; a colour picture for grey images is
   * taken by its luminance.
   *
   * @param image shape of one image, [1 or 3 channels, height, width]
   * @throws ConfigurationException naming the file and what would be right
   */
  static float[] read(String file, Shape image) {
    BufferedImage picture = decode(file);
    int height = image.dim(1);
    int width = image.dim(2);
    if (picture.getHeight() != height || picture.getWidth() != width) {
      throw new ConfigurationException(
          "sampler.canvas.file %s shows %d x %d pixels; the images here are %d x %d"
              .formatted(file, picture.getHeight(), picture.getWidth(), height, width));
    }
    float[] pixels = new float[image.intElements()];
    for (int place = 0; place < height * width; place++) {
      int colour = picture.getRGB(place % width, place / width);
      for (int channel = 0; channel < image.dim(0); channel++) {
        double value = image.dim(0) == 1 ? luminance(colour) : component(colour, channel);
        pixels[channel * height * width + place] = (float) (value / 127.5 - 1);
      }
    }
    return pixels;
  }

  private static BufferedImage decode(String file) {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) {
      throw new ConfigurationException(
          "sampler.canvas.file %s does not exist; name a PNG".formatted(file));
    }
    try {
      BufferedImage picture = ImageIO.read(path.toFile());
      if (picture == null) {
        throw new ConfigurationException(
            "sampler.canvas.file %s is no picture that can be read; name a PNG".formatted(file));
      }
      return picture;
    } catch (IOException e) {
      throw new ConfigurationException(
          "sampler.canvas.file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Red, green or blue, 0 to 255. */
  private static int component(int colour, int channel) {
    return colour >> (16 - 8 * channel) & 0xff;
  }

  /** Rec. 601 luma; exactly the value for a grey. */
  private static double luminance(int colour) {
    return (299 * component(colour, 0) + 587 * component(colour, 1) + 114 * component(colour, 2))
        / 1000.0;
  }
}
