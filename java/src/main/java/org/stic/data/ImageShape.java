package org.stic.data;

/** Channels, height and width of every image of a set; one image is stored in this order. */
public record ImageShape(int channels, int height, int width) {

  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image has at least one channel, row and column, not "
              + channels
              + "x"
              + height
              + "x"
              + width);
    }
  }

  /** Values of one image: channels * height * width. */
  public int elements() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
