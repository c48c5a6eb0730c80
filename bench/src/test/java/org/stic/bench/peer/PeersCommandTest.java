package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.bench.result.ResultFile;
import org.stic.bench.result.Row;
import picocli.CommandLine;

class PeersCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void namesItsSubjects() {
    assertEquals(0, run("--list", "steps"));
    assertEquals("grmala-step:64\ngrmala-step:256\ntraining-step:168\n", out.toString());
  }

  @Test
  void wrongUseIsOneSentence() {
    refused("no peer 'cublas'; peers are openblas, ", "--peers", "cublas");
    refused("no subject 'nothing'; groups are steps, ", "nothing");
    refused("a comparison needs at least 5 pairs, not 2", "--pairs", "2");
    refused("--threads must be at least 1, not 0", "--threads", "0");
    refused("a timing must take more than 0 seconds", "--seconds", "-1");
  }

  @Test
  void aPythonThatIsNotThereIsAnAbsentPeerInTheFile() throws IOException {
    Path file = folder.resolve("peers.json");
    assertEquals(
        0,
        run(
            "langevin:64x784",
            "--peers",
            "torch",
            "--python",
            "/no/python",
            "--device",
            "cpu",
            "--threads",
            "1",
            "--out",
            file.toString()),
        err::toString);
    Row row = ResultFile.read(file).rows().getFirst();
    assertEquals("/no/python cannot be started", row.otherProgram().orElseThrow().absent());
    assertTrue(out.toString().contains("absent: /no/python cannot be started"), out.toString());
  }

  private void refused(String beginning, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(2, run(arguments));
    String message = err.toString();
    assertTrue(message.startsWith(beginning), message);
  }

  private int run(String... arguments) {
    return new CommandLine(new PeersCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
