package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;
import org.stic.cuda.Device;

/**
 * Compares subjects with peers: checks both sides, then times them in turn.
 *
 * @param device ours
 * @param pairing how they are timed
 */
record Comparison(Device device, Pairing pairing) {
  static final String BENCHMARK = "peers.";

  /** A peer, or why there is none. */
  sealed interface Candidate {
    /** A peer that is there. */
    record Present(PeerProgram peer) implements Candidate {}

    /** A peer that is not. */
    record Missing(String name, String why) implements Candidate {}
  }

  /** One row for each peer that the subject knows; absent ones say why. */
  List<Row> compare(Subject subject, List<Candidate> peers, Consumer<Row> found) {
    List<Operand> operands = subject.operands();
    List<Row> rows = new ArrayList<>();
    try (Side ours = subject.ours(device, operands)) {
      double[] our = ours.result();
      for (Candidate candidate : peers) {
        Row row =
            switch (candidate) {
              case Candidate.Present(PeerProgram peer) -> row(subject, operands, ours, our, peer);
              case Candidate.Missing(String name, String why) -> absent(subject, name, why);
            };
        rows.add(row);
        found.accept(row);
      }
    }
    return rows;
  }

  private Row row(
      Subject subject, List<Operand> operands, Side ours, double[] our, PeerProgram peer) {
    try (Side theirs = peer.prepare(subject, operands)) {
      Check check =
          subject
              .check(operands)
              .or(() -> peer.exact().map(exact -> Check.against(exact, subject.tolerance())))
              .orElseThrow(() -> new PeerAbsentException("nothing exact to check against"));
      check.verify("our " + subject.name(), our);
      check.verify(peer.identity().name(), theirs.result());
      Pairing.Times times = pairing.measure(ours, theirs);
      return measured(subject, peer, theirs, times);
    } catch (PeerAbsentException e) {
      return absent(subject, peer.identity().name(), e.getMessage());
    }
  }

  private static Row measured(Subject subject, PeerProgram peer, Side theirs, Pairing.Times times) {
    PeerProgram.Identity identity = peer.identity();
    Map<String, String> settings = new TreeMap<>(identity.settings());
    settings.putAll(theirs.settings());
    return Row.of(BENCHMARK + subject.kind(), parameters(subject), RowKind.PEER_RATIO)
        .samples(times.ours())
        .work(subject.cost())
        .peer(
            org.stic.bench.result.Peer.measured(
                identity.name(), identity.version(), settings, times.peer()))
        .build();
  }

  private static Row absent(Subject subject, String peer, String why) {
    return Row.of(BENCHMARK + subject.kind(), parameters(subject), RowKind.PEER_RATIO)
        .work(subject.cost())
        .peer(org.stic.bench.result.Peer.absent(peer, why))
        .build();
  }

  private static Map<String, String> parameters(Subject subject) {
    return Map.of("sizes", subject.name().substring(subject.name().indexOf(':') + 1));
  }
}
