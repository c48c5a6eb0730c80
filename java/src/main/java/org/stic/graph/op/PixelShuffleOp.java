package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Copy;

/**
 * Makes images larger out of channels, {@code y[n, c, r h + a, r w + b] = x[n, c r^2 + a r + b, h,
 * w]}, or, inverse, channels out of larger images. The two are each other's gradient.
 *
 * <p>Source: Shi et al., "Real-time single image and video super-resolution using an efficient
 * sub-pixel convolutional neural network", 2016.
 *
 * @param input images [N x C x H x W]
 * @param factor r
 * @param inverse whether images are made smaller
 */
public record PixelShuffleOp(Tensor input, int factor, boolean inverse) implements Op {

  public PixelShuffleOp {
    Require.rank("pixel shuffle", "input", input, 4, "[images x channels x height x width]");
    Shape shape = input.shape();
    int area = factor * factor;
    boolean fits =
        inverse
            ? shape.dim(2) % factor == 0 && shape.dim(3) % factor == 0
            : shape.dim(1) % area == 0;
    Require.that(
        factor >= 1 && fits,
        "pixel shuffle: factor %d does not divide %s of %s",
        factor,
        inverse ? "height and width" : "the channels twice",
        shape);
  }

  @Override
  public Shape shape() {
    return inverse ? channelsFirst(input.shape()) : imagesFirst(input.shape());
  }

  private Shape channelsFirst(Shape images) {
    return Shape.of(
        images.dim(0),
        images.dim(1) * factor * factor,
        images.dim(2) / factor,
        images.dim(3) / factor);
  }

  private Shape imagesFirst(Shape channels) {
    return Shape.of(
        channels.dim(0),
        channels.dim(1) / (factor * factor),
        channels.dim(2) * factor,
        channels.dim(3) * factor);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> new PixelShuffleOp(backward.upstream(), factor, !inverse).node());
  }

  /** One strided copy for each place within a square of r x r pixels. */
  @Override
  public void emit(Emission emission) {
    Shape small = inverse ? shape() : input.shape();
    int height = small.dim(2);
    int width = small.dim(3);
    int area = factor * factor;
    int[] dims = {small.dim(0) * small.dim(1) / area, height, width};
    int[] channelStrides = {area * height * width, width, 1};
    int[] imageStrides = {area * height * width, factor * factor * width, factor};
    for (int place = 0; place < area; place++) {
      long channelOffset = (long) place * height * width;
      long imageOffset = (long) (place / factor) * factor * width + place % factor;
      long output = emission.output();
      long source = emission.address(input);
      emission.call(
          inverse
              ? Copy.strided(
                  output, source, dims, channelStrides, channelOffset, imageStrides, imageOffset)
              : Copy.strided(
                  output, source, dims, imageStrides, imageOffset, channelStrides, channelOffset));
    }
  }
}
