package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;

class ComparisonTest {
  private final Comparison comparison = new Comparison(null, new Pairing(5, 0.1, 0));

  @Test
  void aRowHoldsBothSidesInPairs() {
    Row row = only(compare(true, MadeSubject.EXACT, new Present("Made", MadeSubject.EXACT, null)));
    assertEquals(RowKind.PEER_RATIO, row.kind());
    assertEquals("peers.made", row.benchmark());
    assertEquals(Map.of("sizes", "7x3"), row.parameters());
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 1.0), row.samples());
    assertEquals(List.of(3.0, 3.0, 3.0, 3.0, 3.0), row.otherProgram().orElseThrow().samples());
    assertEquals(3, row.ratios().median());
    assertEquals(Map.of("threads", "1"), row.otherProgram().orElseThrow().settings());
    assertEquals(16, row.flops());
  }

  @Test
  void anAbsentPeerHasAReasonAndNoRatio() {
    List<Row> rows =
        comparison.compare(
            new MadeSubject(true, MadeSubject.EXACT),
            List.of(new Comparison.Candidate.Missing("Made", "not installed")),
            row -> {});
    Row row = only(rows);
    assertFalse(row.isMeasured());
    assertEquals("not installed", row.otherProgram().orElseThrow().absent());
    StringWriter text = new StringWriter();
    new PeerTable(new PrintWriter(text)).print(row);
    assertEquals("absent: not installed", text.toString().strip().replaceAll("(?s).*Made +", ""));
  }

  @Test
  void aWrongResultOfOursIsRefused() {
    var wrong =
        assertThrows(
            WrongResultException.class,
            () ->
                compare(true, new double[] {1, 2.1}, new Present("Made", MadeSubject.EXACT, null)));
    assertEquals("our made:7x3", wrong.getMessage().replaceFirst(" is wrong.*", ""));
  }

  @Test
  void aWrongResultOfThePeerIsRefused() {
    var wrong =
        assertThrows(
            WrongResultException.class,
            () -> compare(true, MadeSubject.EXACT, new Present("Made", new double[] {1, 9}, null)));
    assertEquals("Made", wrong.getMessage().replaceFirst(" is wrong.*", ""));
  }

  @Test
  void thePeersDoublePrecisionServesWhereTheSubjectHasNone() {
    Present exact = new Present("Made", MadeSubject.EXACT, MadeSubject.EXACT);
    assertEquals(3, only(compare(false, MadeSubject.EXACT, exact)).ratios().median());
    assertThrows(WrongResultException.class, () -> compare(false, new double[] {2, 2}, exact));
  }

  @Test
  void nothingIsTimedThatCannotBeChecked() {
    Row row = only(compare(false, MadeSubject.EXACT, new Present("Made", MadeSubject.EXACT, null)));
    assertEquals("nothing exact to check against", row.otherProgram().orElseThrow().absent());
  }

  private List<Row> compare(boolean tellsExact, double[] ours, PeerProgram peer) {
    return comparison.compare(
        new MadeSubject(tellsExact, ours),
        List.of(new Comparison.Candidate.Present(peer)),
        row -> {});
  }

  private static Row only(List<Row> rows) {
    assertEquals(1, rows.size());
    return rows.getFirst();
  }

  /** A peer that takes three times as long as ours. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Present(String name, double[] result, double[] inDouble) implements PeerProgram {
    @Override
    public Identity identity() {
      return new Identity(name, "1.2", Map.of("threads", "1"));
    }

    @Override
    public Side prepare(Subject subject, List<Operand> operands) {
      return new MadeSide(name, new ArrayList<>(), calls -> 3.0 * calls, result);
    }

    @Override
    public Optional<double[]> exact() {
      return Optional.ofNullable(inDouble);
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
