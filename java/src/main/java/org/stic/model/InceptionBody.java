package org.stic.model;

import java.util.List;

/**
 * The convolutions of Inception-v3, from an image of 299x299 pixels to 2048 maps of 8x8, under the
 * names of torchvision. Two variants are in use, which differ in their pooling.
 *
 * <p>Source: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, "Rethinking the Inception architecture for
 * computer vision", CVPR 2016.
 *
 * @param layers what the layers do
 * @param isOfFid the network of the FID (TensorFlow's of 2015): means leave padding out, and the
 *     last block takes a maximum; otherwise torchvision's
 */
record InceptionBody<T>(InceptionLayers<T> layers, boolean isOfFid) {

  /** The last feature maps. */
  T apply(T image) {
    T x = valid(image, "Conv2d_1a_3x3", 32, 3, 2);
    x = valid(x, "Conv2d_2a_3x3", 32, 3, 1);
    x = same(x, "Conv2d_2b_3x3", 64, 3, 3);
    x = layers.largest(x, 2, false);
    x = same(x, "Conv2d_3b_1x1", 80, 1, 1);
    x = valid(x, "Conv2d_4a_3x3", 192, 3, 1);
    x = layers.largest(x, 2, false);
    x = blockA(x, "Mixed_5b.", 32);
    x = blockA(x, "Mixed_5c.", 64);
    x = blockA(x, "Mixed_5d.", 64);
    x = blockB(x, "Mixed_6a.");
    x = blockC(x, "Mixed_6b.", 128);
    x = blockC(x, "Mixed_6c.", 160);
    x = blockC(x, "Mixed_6d.", 160);
    x = blockC(x, "Mixed_6e.", 192);
    x = blockD(x, "Mixed_7a.");
    x = blockE(x, "Mixed_7b.", false);
    return blockE(x, "Mixed_7c.", isOfFid);
  }

  private T same(T x, String name, int filters, int height, int width) {
    return layers.convolution(x, name, filters, height, width, 1, true);
  }

  private T valid(T x, String name, int filters, int kernel, int stride) {
    return layers.convolution(x, name, filters, kernel, kernel, stride, false);
  }

  private T mean(T x) {
    return layers.mean(x, !isOfFid);
  }

  private T blockA(T x, String name, int poolFilters) {
    T wide = same(same(x, name + "branch5x5_1", 48, 1, 1), name + "branch5x5_2", 64, 5, 5);
    T twice = same(x, name + "branch3x3dbl_1", 64, 1, 1);
    twice = same(twice, name + "branch3x3dbl_2", 96, 3, 3);
    twice = same(twice, name + "branch3x3dbl_3", 96, 3, 3);
    return layers.join(
        List.of(
            same(x, name + "branch1x1", 64, 1, 1),
            wide,
            twice,
            same(mean(x), name + "branch_pool", poolFilters, 1, 1)));
  }

  private T blockB(T x, String name) {
    T twice = same(x, name + "branch3x3dbl_1", 64, 1, 1);
    twice = same(twice, name + "branch3x3dbl_2", 96, 3, 3);
    return layers.join(
        List.of(
            valid(x, name + "branch3x3", 384, 3, 2),
            valid(twice, name + "branch3x3dbl_3", 96, 3, 2),
            layers.largest(x, 2, false)));
  }

  private T blockC(T x, String name, int inner) {
    T once = same(x, name + "branch7x7_1", inner, 1, 1);
    once = same(once, name + "branch7x7_2", inner, 1, 7);
    once = same(once, name + "branch7x7_3", 192, 7, 1);
    T twice = same(x, name + "branch7x7dbl_1", inner, 1, 1);
    twice = same(twice, name + "branch7x7dbl_2", inner, 7, 1);
    twice = same(twice, name + "branch7x7dbl_3", inner, 1, 7);
    twice = same(twice, name + "branch7x7dbl_4", inner, 7, 1);
    twice = same(twice, name + "branch7x7dbl_5", 192, 1, 7);
    return layers.join(
        List.of(
            same(x, name + "branch1x1", 192, 1, 1),
            once,
            twice,
            same(mean(x), name + "branch_pool", 192, 1, 1)));
  }

  private T blockD(T x, String name) {
    T small = same(x, name + "branch3x3_1", 192, 1, 1);
    T large = same(x, name + "branch7x7x3_1", 192, 1, 1);
    large = same(large, name + "branch7x7x3_2", 192, 1, 7);
    large = same(large, name + "branch7x7x3_3", 192, 7, 1);
    return layers.join(
        List.of(
            valid(small, name + "branch3x3_2", 320, 3, 2),
            valid(large, name + "branch7x7x3_4", 192, 3, 2),
            layers.largest(x, 2, false)));
  }

  private T blockE(T x, String name, boolean takesLargest) {
    T once = same(x, name + "branch3x3_1", 384, 1, 1);
    T twice = same(x, name + "branch3x3dbl_1", 448, 1, 1);
    twice = same(twice, name + "branch3x3dbl_2", 384, 3, 3);
    T pooled = takesLargest ? layers.largest(x, 1, true) : mean(x);
    return layers.join(
        List.of(
            same(x, name + "branch1x1", 320, 1, 1),
            same(once, name + "branch3x3_2a", 384, 1, 3),
            same(once, name + "branch3x3_2b", 384, 3, 1),
            same(twice, name + "branch3x3dbl_3a", 384, 1, 3),
            same(twice, name + "branch3x3dbl_3b", 384, 3, 1),
            same(pooled, name + "branch_pool", 192, 1, 1)));
  }
}
