package org.stic.attention;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * The windows through which a glimpse classifier learns: the whole canvas in a share of the cases,
 * else any size from the whole to the finest stride, uniform in its logarithm, anywhere.
 *
 * @param wholeShare from 0 to less than 1
 * @param finest the finest stride
 */
public record TrainingWindows(Sight sight, double wholeShare, double finest) {

  /**
   * Strides of windows, shape [windows, 1].
   *
   * @param uniform numbers uniform in [0, 1), shape [windows, 1]
   */
  public Tensor strides(Tensor uniform) {
    Tensor one = uniform.graph().constant(uniform.shape(), 1);
    Tensor place = Ops.minimum(Ops.scale(uniform, (float) (1 / (1 - wholeShare))), one);
    double range = Math.log(sight.wholeStride() / finest);
    return Ops.exp(Ops.affine(place, (float) range, (float) Math.log(finest)));
  }

  /**
   * What random windows see of canvases.
   *
   * @param canvases shape [images, channels, height, width]
   * @param uniform numbers uniform in [0, 1), shape [images, 3]
   * @return shape [images, channels, N, N]
   */
  public Tensor read(Tensor canvases, Tensor uniform) {
    Tensor places = Ops.affine(Ops.slice(uniform, 1, 1, 3), 2, -1);
    Tensor strides = strides(Ops.slice(uniform, 1, 0, 1));
    return sight.windows(places, strides).read(canvases);
  }

  /** Shape of the uniform numbers that windows of a number of images need. */
  public static Shape uniforms(int images) {
    return Shape.of(images, 3);
  }
}
