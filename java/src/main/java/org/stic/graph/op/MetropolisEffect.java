package org.stic.graph.op;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Metropolis;
import org.stic.kernels.Wall;

/**
 * The Metropolis test of each chain: its state, gradient and log-density become the proposed ones
 * with probability min(1, exp(log alpha)), or stay. See {@link Metropolis} for the ratio.
 *
 * @param chains what is kept between steps, and what the test writes
 * @param proposal as the state
 * @param proposalGradient gradient of the log-density at the proposal
 * @param proposalLogDensity [chains]
 * @param stepSize one number: the step that made the proposal
 * @param diagonal the preconditioner that made it, one number for each coordinate of a chain; null
 *     for the identity
 * @param counter one unsigned integer: the step
 */
public record MetropolisEffect(
    Chains chains,
    Tensor proposal,
    Tensor proposalGradient,
    Tensor proposalLogDensity,
    Tensor stepSize,
    Tensor diagonal,
    Tensor counter,
    float temperature,
    long seed,
    Wall wall)
    implements Effect {

  /**
   * Memory of a set of chains between steps.
   *
   * @param state [chains x ...]
   * @param gradient of the log-density at the state, as the state
   * @param logDensity [chains]
   * @param acceptance [chains] probability of the last test
   * @param logRatio [chains] log alpha of the last test
   * @param accepted [chains] unsigned counts
   * @param broken [chains] unsigned counts of proposals whose density was not a number; rejected
   */
  public record Chains(
      Variable state,
      Variable gradient,
      Variable logDensity,
      Variable acceptance,
      Variable logRatio,
      Variable accepted,
      Variable broken) {

    public Chains {
      Require.length("metropolis", "gradient", gradient, state.shape().elements());
      int count = state.shape().dim(0);
      List.of(logDensity, acceptance, logRatio, accepted, broken)
          .forEach(one -> Require.length("metropolis", "each number per chain", one, count));
    }
  }

  public MetropolisEffect {
    Require.that(
        chains.state().shape().equals(proposal.shape()),
        "metropolis: state %s and proposal %s must have the same shape",
        chains.state(),
        proposal.shape());
    Require.sameShape("metropolis", proposal, proposalGradient);
    Require.length(
        "metropolis", "proposed log-density", proposalLogDensity, proposal.shape().dim(0));
    Require.length("metropolis", "step size", stepSize, 1);
    Require.length("metropolis", "counter", counter, 1);
    if (diagonal != null) {
      Require.length("metropolis", "diagonal", diagonal, coordinates(proposal));
    }
  }

  /** Coordinates of one chain. */
  static int coordinates(Tensor state) {
    return Math.toIntExact(state.shape().elements(1, state.shape().rank()));
  }

  @Override
  public List<Tensor> inputs() {
    return Stream.of(proposal, proposalGradient, proposalLogDensity, stepSize, diagonal, counter)
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public List<Variable> writes() {
    return List.of(
        chains.state(),
        chains.gradient(),
        chains.logDensity(),
        chains.acceptance(),
        chains.logRatio(),
        chains.accepted(),
        chains.broken());
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Metropolis.accept(
            chains.state().address(),
            chains.gradient().address(),
            chains.logDensity().address(),
            chains.acceptance().address(),
            chains.logRatio().address(),
            chains.accepted().address(),
            chains.broken().address(),
            emission.address(proposal),
            emission.address(proposalGradient),
            emission.address(proposalLogDensity),
            emission.address(stepSize),
            diagonal == null ? 0 : emission.address(diagonal),
            emission.address(counter),
            proposal.shape().dim(0),
            coordinates(proposal),
            temperature,
            seed,
            wall));
  }
}
