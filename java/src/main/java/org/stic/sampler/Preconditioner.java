package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * A diagonal preconditioner that is estimated from all chains during the first part of the warm-up
 * and then frozen, as it must be while samples count. Its mean is 1, so that the step size keeps
 * its meaning. Everything stays on the device. Owns its memory and its program.
 */
final class Preconditioner implements AutoCloseable {
  /** Share of the mean that is added to every estimate, so that none is near zero. */
  private static final float DAMPING = 1e-3f;

  private final Preconditioning kind;
  private final ChainState state;
  private final Variable diagonal;
  private final Variable sums;
  private final Variable squares;
  private final Variable count;
  private final Program freeze;

  /** The identity until {@link #freeze}. */
  Preconditioner(Device device, Preconditioning kind, ChainState state) {
    this.kind = kind;
    this.state = state;
    int coordinates = state.position().shape().intElements() / state.chains();
    diagonal = Variable.allocate(device, "preconditioner", Shape.of(coordinates));
    sums = Variable.allocate(device, "preconditioner-sums", Shape.of(coordinates));
    squares = Variable.allocate(device, "preconditioner-squares", Shape.of(coordinates));
    count = Variable.allocate(device, "preconditioner-count", Shape.of(1));
    freeze = Program.compile(device, freezing());
    reset();
  }

  /** One number for each coordinate of a chain; null where nothing is scaled. */
  Variable diagonal() {
    return kind == Preconditioning.IDENTITY ? null : diagonal;
  }

  /** Whether there is anything to estimate. */
  boolean isEstimated() {
    return kind != Preconditioning.IDENTITY;
  }

  /** Forgets all estimates. */
  void reset() {
    float[] ones = new float[diagonal.shape().intElements()];
    java.util.Arrays.fill(ones, 1);
    diagonal.upload(ones);
    sums.upload(new float[ones.length]);
    squares.upload(new float[ones.length]);
    count.upload(0f);
  }

  /** Adds the nodes that take the chains' last states into account. */
  void observe(Graph graph) {
    Variable observed = kind == Preconditioning.FISHER ? state.gradient() : state.position();
    Tensor values =
        Ops.reshape(graph.read(observed), Shape.of(state.chains(), diagonal.shape().intElements()));
    graph.assign(sums, Ops.add(graph.read(sums), Ops.mean(values, 0)));
    graph.assign(squares, Ops.add(graph.read(squares), Ops.mean(Ops.square(values), 0)));
    graph.assign(count, Ops.affine(graph.read(count), 1, 1));
  }

  private Graph freezing() {
    Graph graph = new Graph();
    Tensor steps = graph.read(count);
    Tensor meanSquares = Ops.divide(graph.read(squares), steps);
    Tensor scale =
        switch (kind) {
          case IDENTITY -> graph.constant(diagonal.shape(), 1);
          case FISHER -> Ops.reciprocal(damped(meanSquares));
          case VARIANCE -> {
            Tensor mean = Ops.divide(graph.read(sums), steps);
            yield damped(Ops.subtract(meanSquares, Ops.square(mean)));
          }
        };
    graph.assign(diagonal, Ops.divide(scale, Ops.mean(scale)));
    return graph;
  }

  private static Tensor damped(Tensor estimate) {
    return Ops.add(estimate, Ops.scale(Ops.mean(estimate), DAMPING));
  }

  /** Sets the preconditioner from what was observed; returns when that is enqueued. */
  void freeze() {
    freeze.run();
  }

  @Override
  public void close() {
    freeze.close();
    diagonal.close();
    sums.close();
    squares.close();
    count.close();
  }
}
