package org.stic.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be had is refused in one sentence before anything runs. */
class MainTest {
  @TempDir private Path folder;

  /** The sentence on the error stream of a command that must be refused. */
  private static String refusal(String... words) {
    StringWriter problems = new StringWriter();
    StringWriter results = new StringWriter();
    int code = Main.run(words, new PrintWriter(results), new PrintWriter(problems));
    assertEquals(ExitCodes.WRONG_USE, code, problems.toString());
    assertEquals("", results.toString());
    String first = problems.toString().lines().findFirst().orElseThrow();
    assertTrue(first.startsWith("stic bench: "), first);
    return first.substring("stic bench: ".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bench07Convoltion | no benchmark is called 'Bench07Convoltion'; did you mean"
            + " Bench07Convolution?; 'stic bench -l' lists all",
        "gramm | no benchmark is called 'gramm'; did you mean Bench08Gram?; 'stic bench -l' lists"
            + " all",
        "quicksort | no benchmark is called 'quicksort'; 'stic bench -l' lists all",
        "Bench( | 'Bench(' is no regular expression: Unclosed group",
        "Bench06 -p sise=3 | no chosen benchmark has a parameter 'sise'; did you mean size?; they"
            + " have form, math, size",
        "Bench06 -p size=0 | Bench06DenseProduct cannot have size=0: it is a whole number of at"
            + " least 1",
        "Bench06 -p size=9999999999 | Bench06DenseProduct cannot have size=9999999999: it is a"
            + " whole number of at least 1",
        "Bench06 -p form=TT | Bench06DenseProduct cannot have form=TT: it is one of NN, NT, TN",
        "Bench08 -p map=7 | Bench08Gram cannot have map=7: it is written channels x positions, such"
            + " as 160x1024",
        "Bench07 -p shape=1x2x3 | Bench07Convolution cannot have shape=1x2x3: it is written"
            + " channels x height x width / filters x side / stride / padding, as"
            + " 64x32x32/64x3/s1/p1",
        "Bench01 -e LaunchOverhead | the options exclude every benchmark; -l lists what there is",
        "efficiency --targets banana | --targets: unknown name 'banana'; known are gaussian,"
            + " ill-conditioned, correlated, classifier",
        "efficiency --samplers nuts | --samplers: unknown name 'nuts'; known are ula, mala,"
            + " mala-fisher, mala-variance",
        "efficiency --chains 1 | --chains must be at least 2, not 1",
        "Bench01 -prof wall | no profiler is called 'wall'; 'stic bench -lprof' lists them, and"
            + " there are [capture, device, ncu, nsys]",
        "Bench01 -prof device:cold=2 | -prof device: option 'cold' must be true or false, not '2'",
        "Bench01 -prof ncu:path=/none/ncu | -prof ncu: there is no program /none/ncu; install it,"
            + " or name it with path=...",
        "--device tpu Bench01 | --device: unknown device 'tpu': use one of auto, cuda, cpu",
      })
  void wrongWordsAreRefused(String words, String sentence) {
    assertEquals(sentence, refusal(words.split(" ")));
  }

  @Test
  void anUnknownOptionOfJmhIsRefused() {
    assertEquals(
        "Cannot parse argument 'orks' of option f; 'stic bench help' names the options",
        refusal("Bench01", "-forks", "3"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        "--out %s is a folder; name a file in it".formatted(folder),
        refusal("Bench01", "--out", folder.toString()));
    Path below = file.resolve("result.json");
    String sentence = refusal("Bench01", "--out", below.toString());
    assertTrue(sentence.startsWith("--out " + below + ": its folder cannot be made"), sentence);
  }

  @Test
  void helpIsToldOnRequest() {
    StringWriter results = new StringWriter();
    PrintWriter problems = new PrintWriter(new StringWriter());
    assertEquals(0, Main.run(new String[] {"help"}, new PrintWriter(results), problems));
    assertTrue(results.toString().contains("smoke"), results.toString());
  }
}
