package org.stic.attention;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * How windows lie on a canvas. A window covers {@code side * stride} pixels and stays inside the
 * canvas as long as it fits; its gain is {@code 1 / stride^2}, with which writing a glimpse of a
 * constant adds that constant.
 *
 * @param canvas shape of one canvas, [channels, height, width]
 * @param side N, points along one side of a glimpse
 * @param width deviation of a window's Gaussians in units of its stride
 */
public record Sight(Shape canvas, int side, double width) {
  /** Fewest points that the layers of a glimpse classifier can work with. */
  public static final int LEAST_SIDE = 4;

  public Sight {
    if (side < LEAST_SIDE || side > Math.min(canvas.dim(1), canvas.dim(2))) {
      throw new IllegalArgumentException(
          "a glimpse of a canvas of %d x %d pixels has from %d to %d points a side, not %d"
              .formatted(
                  canvas.dim(1),
                  canvas.dim(2),
                  LEAST_SIDE,
                  Math.min(canvas.dim(1), canvas.dim(2)),
                  side));
    }
  }

  /** Shape of one glimpse. */
  public Shape glimpse() {
    return Shape.of(canvas.dim(0), side, side);
  }

  /** Pixels between the points of the window that covers the canvas's longer side. */
  public double wholeStride() {
    return Math.max(canvas.dim(1), canvas.dim(2)) / (double) side;
  }

  /** The window over the whole canvas. */
  public Window whole() {
    return placed(0, 0, wholeStride());
  }

  /**
   * Strides from the whole canvas to the finest in equal ratios.
   *
   * @param count how many, at least 1; one is the whole canvas's alone
   * @param finest at most {@link #wholeStride}
   */
  public List<Double> strides(int count, double finest) {
    List<Double> strides = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      double place = count == 1 ? 0 : index / (count - 1.);
      strides.add(wholeStride() * Math.pow(finest / wholeStride(), place));
    }
    return strides;
  }

  /**
   * {@code count x count} windows that cover the canvas, each the half of its neighbours, but with
   * points no closer than pixels; none where the whole view already shows every pixel.
   */
  public List<Window> grid(int count) {
    List<Window> windows = new ArrayList<>();
    if (wholeStride() <= 1) {
      return windows;
    }
    double stride = Math.max(1, wholeStride() * 2 / (count + 1));
    for (int index = 0; index < count * count; index++) {
      double x = count == 1 ? 0 : 2. * (index % count) / (count - 1) - 1;
      int row = index / count;
      double y = count == 1 ? 0 : 2. * row / (count - 1) - 1;
      windows.add(placed(x, y, stride));
    }
    return windows;
  }

  /**
   * The window at a relative place.
   *
   * @param x from -1, at the left edge, to 1, at the right one
   * @param y from -1, at the top, to 1, at the bottom
   */
  Window placed(double x, double y, double stride) {
    return new Window(
        middle(2) + x * slack(2, stride) / 2,
        middle(1) + y * slack(1, stride) / 2,
        stride,
        width * stride,
        1 / (stride * stride));
  }

  /** The window whose centre is as near to a pixel as the edges let it. */
  public Window near(double column, double row, double stride) {
    return placed(
        relative(column - middle(2), slack(2, stride)),
        relative(row - middle(1), slack(1, stride)),
        stride);
  }

  private static double relative(double offset, double slack) {
    return slack == 0 ? 0 : Math.clamp(2 * offset / slack, -1, 1);
  }

  private double middle(int axis) {
    return (canvas.dim(axis) - 1) / 2.;
  }

  /** Pixels along an axis over which a window's centre can move. */
  private double slack(int axis, double stride) {
    return Math.max(0, canvas.dim(axis) - side * stride);
  }

  /**
   * Windows at relative places, of gain 1: for reading.
   *
   * @param places x and y of each window from -1 to 1, shape [windows, 2]
   * @param strides shape [windows, 1]
   */
  Windows windows(Tensor places, Tensor strides) {
    Graph graph = places.graph();
    return new Windows(
        centres(Ops.slice(places, 1, 0, 1), strides, 2),
        centres(Ops.slice(places, 1, 1, 2), strides, 1),
        strides,
        Ops.scale(strides, (float) width),
        graph.constant(strides.shape(), 1),
        side);
  }

  private Tensor centres(Tensor places, Tensor strides, int axis) {
    Tensor room = Ops.affine(strides, -side, canvas.dim(axis));
    Tensor slack = Ops.maximum(room, room.graph().constant(room.shape(), 0));
    return Ops.affine(Ops.multiply(places, slack), .5f, (float) middle(axis));
  }

  /** One window for all canvases of a batch, of gain 1: for reading. */
  Windows fixed(Graph graph, Window window) {
    float[] row = new float[Windows.PARAMETERS];
    window.put(row, 0);
    Windows windows = Windows.of(graph.constant(Shape.of(1, row.length), row), side);
    return windows.withGain(graph.constant(Shape.of(1, 1), 1));
  }
}
