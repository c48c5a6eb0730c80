package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic of a run: chosen, stored, kept, and told of. */
class MathOptionTest {
  @TempDir static Path folder;
  private static TinyRun machine;
  private static Path run;

  @BeforeAll
  static void trainInBfloat16() throws IOException {
    machine = new TinyRun(folder);
    run = folder.resolve("bf16");
    Path settings = TinyRun.writeSettings(folder.resolve("bf16.toml"), "math = \"bf16\"");
    CommandLineRun training = machine.train(settings, run, new StringWriter());
    assertEquals(0, training.code(), training.err());
  }

  private static CommandLineRun sample(String... more) {
    String[] words = {"sample", "--run", run.toString(), "--class", "3", "--count", "1"};
    String[] all = Arrays.copyOf(words, words.length + more.length + 2);
    System.arraycopy(more, 0, all, words.length, more.length);
    all[all.length - 2] = "--device";
    all[all.length - 1] = "cpu";
    return machine.command(all);
  }

  @Test
  void theRunKeepsItsArithmetic() throws IOException {
    assertTrue(Files.readString(run.resolve("config.toml")).contains("math = 'bf16'"));
    CommandLineRun drawn = sample("--explain");
    assertEquals(0, drawn.code(), drawn.err());
    assertTrue(drawn.err().contains("convolution_forward_bf16 in bf16"), drawn.err());
    assertTrue(drawn.err().contains("convolution_backward_data_bf16 in bf16"), drawn.err());
    assertTrue(drawn.err().contains("is not in kernels-"), drawn.err());
  }

  @Test
  void drawingTakesAnotherArithmeticWhereAsked() {
    CommandLineRun drawn = sample("--explain", "--math", "fp32");
    assertEquals(0, drawn.code(), drawn.err());
    assertFalse(drawn.err().contains("in bf16"), drawn.err());
    assertTrue(drawn.err().contains("convolution_forward in fp32"), drawn.err());
  }

  @Test
  void theJudgeComputesInSinglePrecision() {
    CommandLineRun measured =
        machine.command(
            "evaluate", "--run", run.toString(), "--explain", "--math", "tf32", "--device", "cpu");
    assertEquals(0, measured.code(), measured.err());
    assertTrue(measured.err().contains("convolution_forward_tf32 in tf32"), measured.err());
    assertTrue(measured.err().contains("convolution_forward in fp32"), measured.err());
    assertFalse(measured.err().contains("convolution_forward_bf16 in bf16"), measured.err());
  }

  @Test
  void aRunFromBeforeTheChoiceIsInSinglePrecision() throws IOException {
    Path old = TinyRun.copy(run, folder.resolve("old"));
    Path settings = old.resolve("config.toml");
    Files.writeString(settings, Files.readString(settings).replace("math = 'bf16'\n", ""));
    CommandLineRun resumed =
        machine.command("train", "--resume", "--out", old.toString(), "--explain");
    assertEquals(0, resumed.code(), resumed.err());
    assertFalse(resumed.err().contains("in bf16"), resumed.err());
  }

  @Test
  void whatHasOneKernelNeedsNoTuning() {
    CommandLineRun tuned =
        machine.command("tune", "--data", "mnist", "--batch", "2", "--device", "cpu");
    assertEquals(0, tuned.code(), tuned.err());
    assertTrue(tuned.out().startsWith("nothing to measure"), tuned.out());
  }

  @Test
  void aTableOfAnotherDeviceIsRefused() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("tuning.json"),
            """
            {"schema": "stic-tuning/1", "device": "Abacus", "driver": "13.0", "entries": []}
            """);
    CommandLineRun refused = sample("--tuning", table.toString());
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains(table + " is no tuning table for this device: it is of 'Abacus'"),
        refused.err());
  }
}
