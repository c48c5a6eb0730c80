package org.stic.sampler;

import java.util.Arrays;

/**
 * One picture for all chains, with normal noise on every pixel: a blank canvas, the mean of real
 * images, or a picture of the user's.
 *
 * @param picture pixels of one image; not changed
 * @param noise deviation of the noise
 */
@SuppressWarnings("ArrayRecordComponent")
public record PictureCanvas(float[] picture, float noise) implements Canvas {

  /** The same value everywhere. */
  public static PictureCanvas blank(float value, int elements, float noise) {
    float[] picture = new float[elements];
    Arrays.fill(picture, value);
    return new PictureCanvas(picture, noise);
  }

  @Override
  public int elements() {
    return picture.length;
  }

  @Override
  public void fill(Key key, float[] classWeights, float[] target, int start) {
    System.arraycopy(picture, 0, target, start, picture.length);
    Canvas.addNoise(key.pixels(), noise, target, start, picture.length);
  }
}
