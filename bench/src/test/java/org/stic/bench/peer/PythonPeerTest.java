package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line protocol, spoken with scripts of the shell. */
class PythonPeerTest {
  private static final String GREETING =
      "echo 'ready {\"name\": \"Made\", \"version\": \"2.13.0+cpu\", \"settings\": {\"threads\":"
          + " \"1\"}}'\n";

  /** Doubles 1 and -2, little-endian. */
  private static final String RESULT =
      "printf '\\000\\000\\000\\000\\000\\000\\360\\077\\000\\000\\000\\000\\000\\000\\000\\300'";

  private static final List<Operand> OPERANDS =
      List.of(new Operand("a", new int[] {2, 1}, new float[] {1, 2}));

  @TempDir private Path folder;

  @Test
  void asksLineByLine() throws IOException, PeerAbsentException {
    try (PythonPeer peer =
        start(
            GREETING
                + "while read -r command first second third; do case $command in\n"
                + "  prepare) cp \"$third/operands.txt\" "
                + folder
                + "; echo \"ready {\\\"mode\\\": \\\"$second\\\"}\";;\n"
                + "  result) "
                + RESULT
                + " > $first; echo ready;;\n"
                + "  exact) echo absent it is random;;\n"
                + "  run) echo seconds 0.$first;;\n"
                + "  processor) echo seconds 1.5;;\n"
                + "esac; done\n")) {
      assertEquals("Made 2.13 eager", peer.identity().name());
      assertEquals("2.13.0+cpu", peer.identity().version());
      assertEquals(Map.of("threads", "1"), peer.identity().settings());
      Side side = peer.prepare(new MadeSubject(true), OPERANDS);
      assertEquals("a 2 1\n", Files.readString(folder.resolve("operands.txt")));
      assertEquals(Map.of("mode", "eager"), side.settings());
      assertArrayEquals(new double[] {1, -2}, side.result());
      assertEquals(0.25, side.seconds(25));
      assertEquals(1.5, side.processorSeconds());
      assertTrue(peer.exact().isEmpty());
    }
  }

  @Test
  void aPeerThatCannotWorkIsAbsentInItsWords() {
    assertEquals(
        "no module named torch",
        assertThrows(PeerAbsentException.class, () -> start("echo absent no module named torch"))
            .getMessage());
  }

  @Test
  void aSubjectThatItLacksIsAbsent() throws IOException, PeerAbsentException {
    try (PythonPeer peer = start(GREETING + "read -r line; echo absent no such thing\n")) {
      assertEquals(
          "no such thing",
          assertThrows(
                  PeerAbsentException.class, () -> peer.prepare(new MadeSubject(true), OPERANDS))
              .getMessage());
    }
  }

  @Test
  void aProgramThatIsNotThereIsAbsent() {
    assertEquals(
        "/no/such/python cannot be started",
        assertThrows(
                PeerAbsentException.class,
                () -> PythonPeer.start(List.of("/no/such/python"), "eager"))
            .getMessage());
  }

  @Test
  void aPeerThatDiesSaysWhatItComplainedOf() throws IOException {
    var failed =
        assertThrows(PeerFailedException.class, () -> start("echo out of luck >&2; exit 3\n"));
    assertEquals("the peer ended at 'its start': out of luck", failed.getMessage());
  }

  @Test
  void anErrorIsNoAnswer() throws IOException, PeerAbsentException {
    try (PythonPeer peer = start(GREETING + "read -r line; echo error TypeError: bad\n")) {
      assertEquals(
          "the peer answers 'error TypeError: bad'",
          assertThrows(
                  PeerFailedException.class, () -> peer.prepare(new MadeSubject(true), OPERANDS))
              .getMessage());
    }
  }

  private PythonPeer start(String script) throws IOException, PeerAbsentException {
    Path file = Files.writeString(folder.resolve("peer.sh"), script);
    return PythonPeer.start(List.of("sh", file.toString()), "eager");
  }
}
