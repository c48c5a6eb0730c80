package org.stic.model;

import java.util.List;

/**
 * The operations that {@link InceptionBody} is made of, on whatever stands for feature maps: their
 * shapes, when parameters are listed, or tensors of a graph.
 */
interface InceptionLayers<T> {

  /**
   * Convolution, batch normalisation and ReLU, under one name.
   *
   * @param height rows of the kernel
   * @param width columns of the kernel
   * @param isPadded whether zeros around the input keep its size at stride 1
   */
  T convolution(T x, String name, int filters, int height, int width, int stride, boolean isPadded);

  /** Largest of 3x3 windows. */
  T largest(T x, int stride, boolean isPadded);

  /**
   * Mean of 3x3 windows at stride 1 around each place.
   *
   * @param countsPadding whether places outside count as zeros; they are left out otherwise
   */
  T mean(T x, boolean countsPadding);

  /** Feature maps side by side. */
  T join(List<T> parts);
}
