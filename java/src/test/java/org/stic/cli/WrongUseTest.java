package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong use gets exit code 2, one sentence that says what would be right, and no trace. */
class WrongUseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | a command is missing",
        "doctr                           | did you mean doctor",
        "doctor --dbug                   | Unknown option: '--dbug'",
        "doctor extra                    | Unmatched argument at index 1: 'extra'",
        "data                            | stic data fetch NAME",
        "data fetch                      | Missing required parameter: 'NAME'",
        "data fetch mnits                | known are mnist, fashion-mnist, cifar10",
        "data fetch synthetic            | known are mnist, fashion-mnist, cifar10",
        "data fetch mnist --from /no/dir | --from /no/dir is no folder",
        "data fetch mnist --form .       | --form",
      })
  void oneSentenceAndExitCodeTwo(String line, String expected) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("stic: ") && run.err().contains(expected), run.err());
    assertFalse(run.err().contains("\tat "), "a stack trace without --debug: " + run.err());
    long sentences = run.err().lines().filter(text -> !text.startsWith("Try '")).count();
    assertEquals(1, sentences, run.err());
    assertEquals("", run.out());
  }

  @Test
  void debugAddsTheTrace() {
    CommandLineRun run = CommandLineRun.of("data", "fetch", "mnits", "--debug");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("UsageException"), run.err());
  }

  @Test
  void helpNamesTheCommands() {
    CommandLineRun run = CommandLineRun.of("--help");
    assertEquals(0, run.code());
    for (String command : new String[] {"doctor", "data"}) {
      assertTrue(run.out().contains("\n  " + command + " "), run.out());
    }
    assertEquals("", run.err());
  }
}
