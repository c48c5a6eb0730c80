package org.stic.graph.op;

import java.util.List;
import java.util.stream.Stream;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Metropolis;

/**
 * A {@link MetropolisEffect} and the {@link LangevinOp} of the step after it in one kernel, for
 * chains of at most {@link Metropolis#LARGEST_CHAIN} coordinates whose step size stays as it is.
 *
 * @param test the test of the step that the counter tells
 * @param proposal where the tested proposal is; the next one takes its place
 */
public record MetropolisStepEffect(MetropolisEffect test, Variable proposal) implements Effect {

  public MetropolisStepEffect {
    Require.length("metropolis step", "proposal", proposal, test.proposal().shape().elements());
  }

  @Override
  public List<Tensor> inputs() {
    return test.inputs();
  }

  @Override
  public List<Variable> writes() {
    return Stream.concat(test.writes().stream(), Stream.of(proposal)).toList();
  }

  @Override
  public void emit(Emission emission) {
    MetropolisEffect.Chains chains = test.chains();
    emission.call(
        Metropolis.step(
            chains.state().address(),
            chains.gradient().address(),
            chains.logDensity().address(),
            chains.acceptance().address(),
            chains.logRatio().address(),
            chains.accepted().address(),
            chains.broken().address(),
            proposal.address(),
            emission.address(test.proposalGradient()),
            emission.address(test.proposalLogDensity()),
            emission.address(test.stepSize()),
            test.diagonal() == null ? 0 : emission.address(test.diagonal()),
            emission.address(test.counter()),
            test.proposal().shape().dim(0),
            MetropolisEffect.coordinates(test.proposal()),
            test.temperature(),
            test.seed(),
            test.wall()));
  }
}
