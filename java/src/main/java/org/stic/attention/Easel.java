package org.stic.attention;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * A batch of canvases with one window on each, and drawing in the coordinates of the windows. With
 * the canvas c and what its window sees, {@code r = F_y c F_x^T}, a glimpse u stands for the canvas
 *
 * <pre>
 *   x(u) = wall(c + write(u - r)),
 * </pre>
 *
 * and up to the wall of [-1, 1] the window then sees
 *
 * <pre>
 *   read(x(u)) = r + (F_y F_y^T / gain) (u - r) (F_x F_x^T),
 * </pre>
 *
 * N x N numbers that are computed from N x N numbers: a step of a chain costs the same on a canvas
 * of any size. Owns its memory and programs.
 */
final class Easel implements AutoCloseable {
  private final Sight sight;
  private final Variable canvases;
  private final Variable table;
  private final Variable seen;
  private final Variable rowMixing;
  private final Variable columnMixing;
  private final Program look;

  /** Memory for {@code count} canvases. */
  Easel(Device device, Sight sight, int count) {
    this.sight = sight;
    Shape canvas = sight.canvas();
    int side = sight.side();
    canvases =
        Variable.allocate(
            device, "canvases", Shape.of(count, canvas.dim(0), canvas.dim(1), canvas.dim(2)));
    table = Variable.allocate(device, "windows", Shape.of(count, Windows.PARAMETERS));
    seen = Variable.allocate(device, "seen", Shape.of(count, canvas.dim(0), side, side));
    rowMixing = Variable.allocate(device, "row-mixing", Shape.of(count, side, side));
    columnMixing = Variable.allocate(device, "column-mixing", Shape.of(count, side, side));
    Graph graph = new Graph();
    look(graph);
    look = Program.compile(device, graph);
  }

  private void look(Graph graph) {
    Windows windows = windows(graph);
    Tensor gain = windows.gain();
    Tensor unit = graph.constant(gain.shape(), 1);
    graph.assign(seen, windows.withGain(unit).read(graph.read(canvases)));
    Tensor rows = windows.rows(sight.canvas().dim(1));
    Tensor columns = windows.columns(sight.canvas().dim(2));
    Tensor factor = Ops.reshape(Ops.reciprocal(gain), Shape.of(gain.shape().dim(0), 1, 1));
    graph.assign(rowMixing, Ops.multiply(Ops.matmul(rows, rows, false, true), factor));
    graph.assign(columnMixing, Ops.matmul(columns, columns, false, true));
  }

  private Windows windows(Graph graph) {
    return Windows.of(graph.read(table), sight.side());
  }

  /** The canvases, shape [count, channels, height, width]. */
  Variable canvases() {
    return canvases;
  }

  /** Shape of what all windows see, [count, channels, N, N]. */
  Shape glimpseShape() {
    return seen.shape();
  }

  /** Puts a window on each canvas and looks through it. */
  void place(Window[] windows) {
    table.upload(WindowTable.of(windows));
    look.run();
  }

  /** What the windows see of the canvases as they are; waits for the device. */
  float[] seen() {
    return seen.download();
  }

  /** Adds the nodes of what the windows see once glimpses u, shaped as what they see, are drawn. */
  Tensor glimpses(Tensor u) {
    Graph graph = u.graph();
    Tensor before = graph.read(seen);
    Tensor change = Ops.subtract(u, before);
    // Both matrices are symmetric.
    Tensor mixed =
        Separable.transform(change, graph.read(rowMixing), false, graph.read(columnMixing), false);
    return Ops.add(before, mixed);
  }

  /** Adds the nodes of the canvases on which glimpses u are drawn. */
  Tensor drawn(Tensor u) {
    Graph graph = u.graph();
    Tensor change = Ops.subtract(u, graph.read(seen));
    Shape canvas = sight.canvas();
    Tensor written = windows(graph).write(change, canvas.dim(1), canvas.dim(2));
    Tensor one = graph.constant(Shape.SCALAR, 1);
    Tensor moved = Ops.add(graph.read(canvases), written);
    return Ops.maximum(Ops.minimum(moved, one), Ops.negate(one));
  }

  @Override
  public void close() {
    look.close();
    columnMixing.close();
    rowMixing.close();
    seen.close();
    table.close();
    canvases.close();
  }
}
