package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.settings.Configuration;

/** Runs that are cut off, damaged or of another version. */
class ResumeTest {
  @TempDir static Path folder;
  private static TinyRun machine;
  private static Path whole;

  @BeforeAll
  static void trainOnce() throws IOException {
    machine = new TinyRun(folder);
    whole = folder.resolve("whole");
    CommandLineRun training = machine.train(whole);
    assertEquals(0, training.code(), training.err());
  }

  private static void assertSameEnd(Path run) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(TinyRun.lastCheckpoint(whole)),
        Files.readAllBytes(TinyRun.lastCheckpoint(run)));
    assertEquals(TinyRun.PASSES + 1, Files.readAllLines(run.resolve("metrics.jsonl")).size());
  }

  @Test
  void interruptedRunEndsWithTheSameBits() throws IOException {
    Path run = folder.resolve("interrupted");
    CommandLineRun interrupted =
        machine.train(machine.settings(), run, new InterruptingWriter("pass 0: accuracy"));
    assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    assertEquals(130, interrupted.code(), interrupted.err());
    assertTrue(
        interrupted.err().contains("'stic train --resume --out " + run + "'"), interrupted.err());
    assertFalse(Files.exists(TinyRun.lastCheckpoint(run)));
    CommandLineRun resumed = machine.resume(run);
    assertEquals(0, resumed.code(), resumed.err());
    assertSameEnd(run);
    for (String seen : List.of("evaluation/pass-002.json", "evaluation/nearest-002.png")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(seen)), Files.readAllBytes(run.resolve(seen)), seen);
    }
    try (var events = Files.list(run.resolve("tensorboard"))) {
      assertEquals(2, events.count(), "the continued run begins a file of its own");
    }
  }

  @Test
  void interruptionBeforeTheRunLeavesNoFolder() throws IOException {
    TinyRun withoutJudge = new TinyRun(Files.createDirectory(folder.resolve("other-machine")));
    Path run = folder.resolve("not-begun");
    CommandLineRun interrupted =
        withoutJudge.train(
            withoutJudge.settings(), run, new InterruptingWriter("mnist: the first"));
    assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    assertEquals(130, interrupted.code(), interrupted.err());
    assertTrue(interrupted.err().contains("the run had not begun yet"), interrupted.err());
    assertFalse(Files.exists(run));
  }

  /** Stands for Ctrl-C: interrupts the working thread when it tells of something. */
  private static final class InterruptingWriter extends StringWriter {
    private final String trigger;

    InterruptingWriter(String trigger) {
      this.trigger = trigger;
    }

    @Override
    public void write(String text, int offset, int length) {
      super.write(text, offset, length);
      if (text.contains(trigger)) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void runWhoseLastPassIsLostRepeatsIt() throws IOException {
    Path run = TinyRun.copy(whole, folder.resolve("lost"));
    Files.delete(TinyRun.lastCheckpoint(run));
    CommandLineRun resumed = machine.resume(run);
    assertEquals(0, resumed.code(), resumed.err());
    assertSameEnd(run);
  }

  @Test
  void finishedRunStaysAsItIs() throws IOException {
    Path run = TinyRun.copy(whole, folder.resolve("finished"));
    assertEquals(0, machine.resume(run).code());
    assertSameEnd(run);
  }

  @Test
  void truncatedCheckpointIsNamed() throws IOException {
    Path run = TinyRun.copy(whole, folder.resolve("truncated"));
    Path checkpoint = TinyRun.lastCheckpoint(run);
    byte[] content = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(content, content.length / 2));
    CommandLineRun resumed = machine.resume(run);
    assertEquals(2, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains(checkpoint.toString()), resumed.err());
  }

  @Test
  void runOfAnotherVersionIsRefused() throws IOException {
    Path run = TinyRun.copy(whole, folder.resolve("other-version"));
    Path config = run.resolve("config.toml");
    Files.writeString(
        config,
        Files.readString(config).replace("format = " + Configuration.FORMAT, "format = 99"));
    CommandLineRun resumed = machine.resume(run);
    assertEquals(2, resumed.code());
    assertTrue(resumed.err().contains("another version"), resumed.err());
  }

  @Test
  void unknownSettingIsNamedWithItsFile() throws IOException {
    Path file = TinyRun.writeSettings(folder.resolve("unknown.toml"), "pases = 3");
    CommandLineRun training = machine.train(file, folder.resolve("never"), new StringWriter());
    assertEquals(2, training.code());
    assertTrue(training.err().contains(file + ": unknown setting 'pases'"), training.err());
    assertFalse(Files.exists(folder.resolve("never")));
  }

  @Test
  void optionThatContradictsTheFileIsRefused() {
    CommandLineRun training =
        machine.command("train", "--config", machine.settings().toString(), "--data", "cifar10");
    assertEquals(2, training.code());
    assertTrue(training.err().contains("--data cifar10 contradicts"), training.err());
  }
}
