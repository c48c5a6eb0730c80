package org.stic.model;

/**
 * One convolution of a {@link ConvClassifier}.
 *
 * @param width number of filters
 * @param kernel side of the square kernel
 * @param stride pixels between outputs
 * @param padding rows and columns of zeros on each side
 */
public record ConvolutionSettings(int width, int kernel, int stride, int padding) {

  public ConvolutionSettings {
    if (width < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "a convolution needs width, kernel and stride of at least 1 and padding of at least 0,"
              + " not"
              + " %d, %d, %d and %d".formatted(width, kernel, stride, padding));
    }
  }

  Layer layer(String name) {
    return new Layer.Convolution(name, width, kernel, stride, padding);
  }
}
