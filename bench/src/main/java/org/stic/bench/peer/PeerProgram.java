package org.stic.bench.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that ours is compared with. */
interface PeerProgram extends AutoCloseable {

  /**
   * What a result must say of it.
   *
   * @param settings those that hold for all subjects: threads, precision, build
   */
  record Identity(String name, String version, Map<String, String> settings) {}

  /** Who it is. */
  Identity identity();

  /**
   * Makes it ready for a subject.
   *
   * @throws PeerAbsentException if it cannot do that, saying why
   */
  Side prepare(Subject subject, List<Operand> operands) throws PeerAbsentException;

  /** The prepared subject's result in double precision; empty where the peer has only floats. */
  default Optional<double[]> exact() {
    return Optional.empty();
  }

  @Override
  void close();
}
