package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;
import org.stic.data.Datasets;
import picocli.CommandLine;

class FailureHandlerTest {

  @Test
  void anInterruptedWriteIsAnInterruptionAndNotAFailure() {
    StringWriter errors = new StringWriter();
    CommandLine command = new CommandLine(new SticCommand(Datasets::standard));
    command.setErr(new PrintWriter(errors, true));
    int code =
        new FailureHandler()
            .handleExecutionException(new ClosedByInterruptException(), command, null);
    assertEquals(ExitCode.INTERRUPTED, code);
    assertEquals("stic: interrupted; nothing half-written is left", errors.toString().strip());
  }
}
