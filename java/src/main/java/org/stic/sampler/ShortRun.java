package org.stic.sampler;

import java.util.List;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.op.IncrementEffect;
import org.stic.kernels.Wall;

/**
 * Short-run Langevin chains of images: a Langevin update that is filtered, limited and taken at a
 * randomly shifted position. It draws well in few steps and samples no stated density.
 *
 * @param density U
 * @param stepSize eps
 * @param temperature T
 * @param seed key of the noise and of the shifts
 * @param shape what is done to the update
 */
public record ShortRun(
    LogDensity density, float stepSize, float temperature, long seed, StepShape shape)
    implements Sampler {

  /**
   * What is done to an update beside Langevin's rule.
   *
   * @param filter spatial filter; null for none
   * @param updateCap largest root-mean-square change of an image in one step; 0 for no limit
   * @param jitter pixels by which all images may be shifted, circularly, while the gradient is
   *     taken
   */
  public record StepShape(StepFilter filter, float updateCap, int jitter) {}

  @Override
  public void step(Graph graph, ChainState state) {
    Tensor position = graph.read(state.position());
    Tensor counter = graph.read(state.step());
    Tensor gradient =
        Gradients.of(density.of(shifted(position, counter)), List.of(position)).getFirst();
    Tensor moved = Ops.add(position, limited(update(gradient, counter)));
    graph.assign(state.position(), inBox(moved));
    graph.effect(new IncrementEffect(state.step()));
  }

  /** The gradient by the position shifts back by itself. */
  private Tensor shifted(Tensor position, Tensor counter) {
    return shape.jitter() == 0
        ? position
        : ImageOps.circularShift(position, counter, shape.jitter(), seed);
  }

  private Tensor update(Tensor gradient, Tensor counter) {
    if (shape.filter() != null) {
      return shape.filter().update(gradient, counter, stepSize, temperature, seed);
    }
    Graph graph = gradient.graph();
    Tensor still = graph.constant(gradient.shape(), 0);
    Tensor step = graph.constant(Shape.of(1), stepSize);
    return Ops.langevin(still, gradient, step, null, counter, temperature, seed, Wall.NONE);
  }

  /** {@code u min(1, cap / rms(u))}, image by image. */
  private Tensor limited(Tensor update) {
    if (shape.updateCap() == 0) {
      return update;
    }
    Tensor rms = Ops.sqrt(Ops.mean(Ops.square(update), 1, 2, 3));
    Tensor cap = update.graph().constant(rms.shape(), shape.updateCap());
    Tensor factor = Ops.divide(cap, Ops.maximum(rms, cap));
    return Ops.multiply(Ops.reshape(factor, Shape.of(rms.shape().dim(0), 1, 1, 1)), update);
  }

  private static Tensor inBox(Tensor x) {
    Tensor one = x.graph().constant(Shape.SCALAR, 1);
    return Ops.maximum(Ops.minimum(x, one), Ops.negate(one));
  }
}
