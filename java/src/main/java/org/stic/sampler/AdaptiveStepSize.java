package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Shape;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.graph.op.StepSizeEffect;

/** A step size on the device that follows a {@link StepSizePlan}; owns its memory. */
public final class AdaptiveStepSize implements AutoCloseable {
  private final StepSizePlan plan;
  private final Variable value;
  private final Variable time;

  /** A step size at the beginning of its plan. */
  public AdaptiveStepSize(Device device, StepSizePlan plan) {
    this.plan = plan;
    value = Variable.allocate(device, "step-size", Shape.of(1));
    time = Variable.allocateCounters(device, "adaptation-time", Shape.of(1));
    reset();
  }

  /** The current step size, one number. */
  Variable value() {
    return value;
  }

  /** Back to the beginning of the plan. */
  public void reset() {
    value.upload(plan.first());
    time.upload(0);
  }

  /** The current step size; waits for the device. */
  public float read() {
    return value.download()[0];
  }

  /** Adds the nodes of one adaptation to the chains' last acceptance probabilities. */
  void adapt(Graph graph, Variable acceptance) {
    if (plan.warmUp() > 0) {
      graph.effect(
          new StepSizeEffect(
              value,
              graph.read(acceptance),
              graph.read(time),
              plan.target(),
              plan.exponent(),
              plan.warmUp()));
      graph.effect(new IncrementEffect(time));
    }
  }

  @Override
  public void close() {
    value.close();
    time.close();
  }
}
