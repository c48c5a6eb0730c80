package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Variable;

/**
 * An operation that changes variables and has no value of its own. Effects run in creation order.
 */
public sealed interface Effect extends Operation
    permits AssignEffect,
        IncrementEffect,
        MetropolisEffect,
        MetropolisStepEffect,
        StepSizeEffect,
        AdamEffect,
        MomentumEffect {

  /** The variables whose memory it writes. */
  List<Variable> writes();
}
