package org.stic.bench.profile;

import java.util.List;
import org.stic.cuda.DeviceWork;
import org.stic.kernels.Cost;

/**
 * Work between two events.
 *
 * @param name what it is; empty for all that a subject does
 * @param cost the least that its definition asks for
 * @param work what is enqueued, in order
 */
public record Span(String name, Cost cost, List<DeviceWork> work) {
  public Span {
    work = List.copyOf(work);
  }
}
