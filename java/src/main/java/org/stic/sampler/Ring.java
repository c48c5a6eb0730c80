package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * Rows on the device of which programs see the first one. A program may turn the ring by one row;
 * after as many turns as there are rows it is as before. So a captured program can do something
 * else each time it runs, without a word from the host. Owns its memory.
 */
final class Ring implements AutoCloseable {
  private final Variable rows;

  /** Rows of zeros; {@code shape} is [rows, ...]. */
  Ring(Device device, String name, Shape shape) {
    rows = Variable.allocate(device, name, shape);
  }

  /** Sets all rows. */
  void upload(float[] values) {
    rows.upload(values);
  }

  /** The first row, shape [1, ...]. */
  Tensor first(Graph graph) {
    return Ops.slice(graph.read(rows), 0, 0, 1);
  }

  /** The last row, shape [1, ...]. */
  Tensor last(Graph graph) {
    int count = rows.shape().dim(0);
    return Ops.slice(graph.read(rows), 0, count - 1, count);
  }

  /** Adds the nodes that make the second row the first one, and the first one the last. */
  void turn(Graph graph) {
    push(graph, first(graph));
  }

  /** Adds the nodes that drop the first row and append another, shape [1, ...]. */
  void push(Graph graph, Tensor row) {
    Tensor others = Ops.slice(graph.read(rows), 0, 1, rows.shape().dim(0));
    graph.assign(rows, Ops.concat(0, others, row));
  }

  @Override
  public void close() {
    rows.close();
  }
}
