package org.stic.training;

import java.util.random.RandomGenerator;
import org.stic.data.ImageShape;
import org.stic.settings.FeedSettings;

/**
 * How a training image is shown: moved and mirrored.
 *
 * @param down rows that the window moves down
 * @param right columns that it moves to the right
 */
record View(int down, int right, boolean mirrored) {
  private static final View PLAIN = new View(0, 0, false);

  /** Draws a view; settings that change nothing draw no number. */
  static View draw(FeedSettings settings, RandomGenerator random) {
    if (settings.shift() == 0 && !settings.flip()) {
      return PLAIN;
    }
    int positions = 2 * settings.shift() + 1;
    int down = random.nextInt(positions) - settings.shift();
    int right = random.nextInt(positions) - settings.shift();
    return new View(down, right, settings.flip() && random.nextInt(2) == 1);
  }

  /** The image as it is shown; the same array where nothing changes. */
  float[] of(float[] image, ImageShape shape) {
    if (equals(PLAIN)) {
      return image;
    }
    int height = shape.height();
    int width = shape.width();
    float[] shown = new float[image.length];
    for (int line = 0; line < shape.channels() * height; line++) {
      int row = line / height * height + reflect(line % height + down, height);
      for (int column = 0; column < width; column++) {
        int seen = mirrored ? width - 1 - column : column;
        shown[line * width + column] = image[row * width + reflect(seen + right, width)];
      }
    }
    return shown;
  }

  /** The place in 0 .. length-1 that a place outside mirrors: ... 2 1 0 1 2 ... */
  private static int reflect(int place, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int wrapped = Math.floorMod(place, period);
    return wrapped < length ? wrapped : period - wrapped;
  }
}
