package org.stic.attention;

import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A batch of attention windows, one for each canvas: N x N Gaussians on a square grid, of five
 * parameters each.
 *
 * <pre>
 *   mean_i = centre + (i - (N - 1) / 2) stride,      i = 0 .. N - 1
 *   F[i, a] = exp(-(a - mean_i)^2 / (2 width^2)) / sum_b exp(-(b - mean_i)^2 / (2 width^2))
 *   read(x) = gain F_y x F_x^T,      write(v) = F_y^T v F_x / gain
 * </pre>
 *
 * <p>With gain 1 writing is the exact adjoint of reading, {@code <read(x), v> = <x, write(v)>}; in
 * general the left side is gain^2 times the right. Rows of F are computed as a softmax, so each
 * sums to 1 wherever its mean lies, even far outside of the canvas, where it looks at the nearest
 * pixel. Everything is differentiable with respect to canvases, glimpses and the five parameters.
 *
 * <p>Source: Gregor et al., "DRAW: a recurrent neural network for image generation", ICML 2015,
 * section 3.2.
 *
 * @param centreX column of the windows' centres in pixels, the first column being 0; shape [N, 1],
 *     as all parameters
 * @param centreY row of their centres
 * @param stride pixels between neighbouring Gaussians, positive
 * @param width their standard deviation in pixels, positive
 * @param gain positive
 * @param side N, the Gaussians along one side
 */
public record Windows(
    Tensor centreX, Tensor centreY, Tensor stride, Tensor width, Tensor gain, int side) {

  /** Number of parameters of one window. */
  public static final int PARAMETERS = 5;

  /**
   * Windows whose parameters are the rows of a table.
   *
   * @param table shape [windows, 5], in the order of {@link Window}
   */
  public static Windows of(Tensor table, int side) {
    return new Windows(
        Ops.slice(table, 1, 0, 1),
        Ops.slice(table, 1, 1, 2),
        Ops.slice(table, 1, 2, 3),
        Ops.slice(table, 1, 3, 4),
        Ops.slice(table, 1, 4, 5),
        side);
  }

  /** The filters of the rows, F_y, shape [windows, N, height]. */
  public Tensor rows(int height) {
    return filters(centreY, height);
  }

  /** The filters of the columns, F_x, shape [windows, N, width]. */
  public Tensor columns(int pixels) {
    return filters(centreX, pixels);
  }

  private Tensor filters(Tensor centre, int pixels) {
    Graph graph = centre.graph();
    Tensor offsets = graph.constant(Shape.of(1, side), offsets(side));
    Tensor means = Ops.add(centre, Ops.multiply(stride, offsets));
    int windows = centre.shape().dim(0);
    Tensor places = graph.constant(Shape.of(1, 1, pixels), places(pixels));
    Tensor distances = Ops.subtract(places, Ops.reshape(means, Shape.of(windows, side, 1)));
    Tensor deviations = Ops.divide(distances, Ops.reshape(width, Shape.of(windows, 1, 1)));
    return Ops.softmax(Ops.scale(Ops.square(deviations), -.5f));
  }

  private static float[] offsets(int side) {
    float[] offsets = new float[side];
    for (int index = 0; index < side; index++) {
      offsets[index] = index - (side - 1) / 2f;
    }
    return offsets;
  }

  private static float[] places(int pixels) {
    float[] places = new float[pixels];
    for (int index = 0; index < pixels; index++) {
      places[index] = index;
    }
    return places;
  }

  /**
   * What the windows see.
   *
   * @param canvases shape [windows, channels, height, width]
   * @return shape [windows, channels, N, N]
   */
  public Tensor read(Tensor canvases) {
    Shape shape = canvases.shape();
    Tensor seen =
        Separable.transform(canvases, rows(shape.dim(2)), false, columns(shape.dim(3)), true);
    return Ops.multiply(seen, images(gain));
  }

  /**
   * What writing glimpses adds to canvases.
   *
   * @param glimpses shape [windows, channels, N, N]
   * @return shape [windows, channels, height, width]
   */
  public Tensor write(Tensor glimpses, int height, int width) {
    Tensor spread = Separable.transform(glimpses, rows(height), true, columns(width), false);
    return Ops.divide(spread, images(gain));
  }

  /** The same windows with another gain. */
  public Windows withGain(Tensor other) {
    return new Windows(centreX, centreY, stride, width, other, side);
  }

  /** A number of each window, ready to meet its images. */
  private static Tensor images(Tensor parameter) {
    return Ops.reshape(parameter, Shape.of(parameter.shape().dim(0), 1, 1, 1));
  }
}
