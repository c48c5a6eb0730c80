package org.stic.bench.peer;

import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.kernels.Cost;

/** Work that several programs can do, at one size. */
interface Subject {

  /** The kind of work and its sizes, {@code kind:sizes}. */
  String name();

  /** What both sides start from; the same at each call. */
  List<Operand> operands();

  /** Our side. */
  Side ours(Device device, List<Operand> operands);

  /**
   * What is right, where it can be told without a peer; else the peer's double precision is what
   * both sides are held to.
   */
  default Optional<Check> check(List<Operand> operands) {
    return Optional.empty();
  }

  /** How far a result may be from the exact one, relative to the greatest exact value. */
  default double tolerance() {
    return 1e-5;
  }

  /** The least work of one call; {@link Cost#NONE} where none is defined. */
  Cost cost();

  /** The part of the name before the colon. */
  default String kind() {
    return name().substring(0, name().indexOf(':'));
  }
}
