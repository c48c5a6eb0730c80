package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.graph.Variable;

/**
 * What the exact sampler tells about its steps but does not need for the next one; owns its memory.
 *
 * @param acceptance probability with which the last proposal of each chain was taken
 * @param logRatio logarithm of the last Metropolis ratio of each chain
 * @param accepted unsigned counts of taken proposals
 * @param broken unsigned counts of proposals whose density was not a number; they are rejected
 */
public record ChainInfo(Variable acceptance, Variable logRatio, Variable accepted, Variable broken)
    implements AutoCloseable {

  /** Memory for {@code chains} chains. */
  public static ChainInfo allocate(Device device, int chains) {
    Shape shape = Shape.of(chains);
    return new ChainInfo(
        Variable.allocate(device, "acceptance", shape),
        Variable.allocate(device, "log-ratio", shape),
        Variable.allocateCounters(device, "accepted", shape),
        Variable.allocateCounters(device, "broken", shape));
  }

  @Override
  public void close() {
    acceptance.close();
    logRatio.close();
    accepted.close();
    broken.close();
  }
}
