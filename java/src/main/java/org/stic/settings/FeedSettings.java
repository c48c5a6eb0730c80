package org.stic.settings;

/**
 * How training images come to the classifier. All random choices are functions of the seed and the
 * update, whatever the number of threads that prepare the images.
 *
 * @param order which image comes next
 * @param shift images are moved by up to so many pixels in each direction, with what lies at the
 *     border reflected; 0 leaves them in place
 * @param flip whether every other image, drawn, is mirrored left to right
 */
public record FeedSettings(ImageOrder order, int shift, boolean flip) {
  public FeedSettings {
    Requirement.notNull("feed.order", order);
    Requirement.atLeast("feed.shift", shift, 0);
  }

  /** Images as they are, each drawn from all. */
  public static FeedSettings plain() {
    return new FeedSettings(ImageOrder.DRAWN, 0, false);
  }
}
