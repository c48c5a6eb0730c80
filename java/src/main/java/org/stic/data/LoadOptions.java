package org.stic.data;

/**
 * In which form a set is wanted.
 *
 * @param imageSize width and height in pixels; 0 for the images' own. Pictures, which may be of any
 *     size, then have the shorter side of the first one, but at most {@value #LARGEST_OWN_SIZE}
 * @param splitSeed draws the test images of sets that come without
 */
public record LoadOptions(int imageSize, long splitSeed) {
  /** The images' own size. */
  public static final LoadOptions STANDARD = new LoadOptions(0, 0);

  /** The largest size that is not asked for. */
  public static final int LARGEST_OWN_SIZE = 64;

  /** The largest size that can be asked for. */
  public static final int LARGEST_SIZE = 1024;

  public LoadOptions {
    if (imageSize < 0 || imageSize > LARGEST_SIZE) {
      throw new DatasetException(
          "the image size must be from 1 to %d pixels, or 0 for the images' own, not %d"
              .formatted(LARGEST_SIZE, imageSize));
    }
  }
}
