package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.kernels.Cost;

/**
 * A subject without a device: its result is made up, and right if it is 1, 2.
 *
 * @param tellsExact whether it knows what is right, or a peer must
 * @param result of our side
 */
@SuppressWarnings("ArrayRecordComponent")
record MadeSubject(boolean tellsExact, double... result) implements Subject {
  static final double[] EXACT = {1, 2};

  @Override
  public String name() {
    return "made:7x3";
  }

  @Override
  public List<Operand> operands() {
    return List.of(new Operand("a", new int[] {2, 1}, new float[] {5, 6}));
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    return new MadeSide("ours", new ArrayList<>(), calls -> calls, result);
  }

  @Override
  public Optional<Check> check(List<Operand> operands) {
    return tellsExact ? Optional.of(Check.against(EXACT, tolerance())) : Optional.empty();
  }

  @Override
  public Cost cost() {
    return new Cost(8, 16);
  }
}
