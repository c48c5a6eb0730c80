package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.graph.Variable;

/**
 * What the next step of a set of chains needs; owns its memory.
 *
 * @param position where the chains are, shape [chains, ...]
 * @param gradient of the log-density there, as the position; kept by the exact sampler only
 * @param logDensity there, shape [chains]; kept by the exact sampler only
 * @param step one unsigned counter: the step, part of the key of the noise
 */
public record ChainState(Variable position, Variable gradient, Variable logDensity, Variable step)
    implements AutoCloseable {

  /** Memory for chains with positions of the given shape, [chains, ...]. */
  public static ChainState allocate(Device device, Shape shape) {
    return new ChainState(
        Variable.allocate(device, "position", shape),
        Variable.allocate(device, "gradient", shape),
        Variable.allocate(device, "log-density", Shape.of(shape.dim(0))),
        Variable.allocateCounters(device, "step", Shape.of(1)));
  }

  /** Number of chains. */
  public int chains() {
    return position.shape().dim(0);
  }

  @Override
  public void close() {
    position.close();
    gradient.close();
    logDensity.close();
    step.close();
  }
}
