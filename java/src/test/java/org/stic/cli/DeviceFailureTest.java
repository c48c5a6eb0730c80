package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.OtherProcess;
import org.stic.cuda.OtherProcess.Outcome;

/** A device that fails in the middle of a run ends the run, and loses nothing of it. */
class DeviceFailureTest {
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

  /** The program on the tiny machine, in a process of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      String[] words = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
      CommandLineRun run = CommandLineRun.on(Path.of(arguments[0]), words);
      System.out.print(run.err());
      System.exit(run.code());
    }
  }

  /** Repeats the last pass of a copy of the run while a driver function fails once. */
  private static Outcome repeatLastPass(Path run, String fault, String... options)
      throws IOException, InterruptedException {
    TinyRun.copy(whole, run);
    Files.delete(TinyRun.lastCheckpoint(run));
    List<String> words = new ArrayList<>(List.of(folder.resolve("data").toString()));
    words.addAll(List.of("train", "--resume", "--out", run.toString(), "--device", "cpu"));
    words.addAll(List.of(options));
    return OtherProcess.run(
        Program.class, Map.of("STIC_SIMT_FAULT", fault), words.toArray(String[]::new));
  }

  private static void assertResumable(Path run) throws IOException {
    assertFalse(Files.exists(TinyRun.lastCheckpoint(run)));
    CommandLineRun resumed = machine.resume(run);
    assertEquals(0, resumed.code(), resumed.err());
    assertArrayEquals(
        Files.readAllBytes(TinyRun.lastCheckpoint(whole)),
        Files.readAllBytes(TinyRun.lastCheckpoint(run)));
  }

  @Test
  void aFailedKernelEndsTheRunAndSaysHowItIsNamed() throws Exception {
    Path run = folder.resolve("failed");
    Outcome outcome = repeatLastPass(run, "cuStreamSynchronize:40:ILLEGAL_ADDRESS");
    assertEquals(1, outcome.exitCode(), outcome.output());
    assertEquals(1, outcome.output().lines().count(), outcome.output());
    assertTrue(outcome.output().contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)"), outcome.output());
    assertTrue(outcome.output().contains("--check-launches names it"), outcome.output());
    assertTrue(
        outcome.output().contains("'stic train --resume --out " + run + "'"), outcome.output());
    assertResumable(run);
  }

  @Test
  void aFailedKernelIsNamedWhereLaunchesAreChecked() throws Exception {
    Path run = folder.resolve("named");
    Outcome outcome =
        repeatLastPass(run, "cuStreamSynchronize:400:ILLEGAL_ADDRESS", "--check-launches");
    assertEquals(1, outcome.exitCode(), outcome.output());
    assertTrue(
        outcome.output().matches("(?s)stic: the kernel of [a-z_0-9]+ grid \\d+x.*"),
        outcome.output());
    assertFalse(outcome.output().contains("--check-launches"), outcome.output());
    assertResumable(run);
  }

  @Test
  void exhaustedMemoryNamesWhatToLower() throws Exception {
    Path run = folder.resolve("exhausted");
    Outcome outcome = repeatLastPass(run, "cuMemAlloc_v2:30:OUT_OF_MEMORY");
    assertEquals(1, outcome.exitCode(), outcome.output());
    assertEquals(1, outcome.output().lines().count(), outcome.output());
    assertTrue(
        outcome
            .output()
            .matches(
                "(?s)stic: out of device memory: [\\d,.]+ (bytes|MiB) requested, [\\d,.]+ MiB free;"
                    + " lower pass\\.batch.*'stic train --resume --out .*"),
        outcome.output());
    assertResumable(run);
  }

  @Test
  void aProviderThatIsNotThereIsRefused() {
    CommandLineRun run =
        machine.command(
            "train",
            "--out",
            folder.resolve("vendor").toString(),
            "--device",
            "cpu",
            "--data",
            "mnist",
            "--provider",
            "vendor");
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(
        run.err()
            .startsWith(
                "stic: --provider vendor needs an NVIDIA GPU with cuBLAS and cuDNN; not found: "),
        run.err());
  }
}
