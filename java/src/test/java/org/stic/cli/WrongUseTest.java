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
        "data                            | a command is missing: stic data fetch, stic data list or"
            + " stic data inspect",
        "data fetch                      | Missing required parameter: 'NAME'",
        "data fetch mnits                | known are mnist, fashion-mnist, cifar10",
        "data fetch synthetic            | known are mnist, fashion-mnist, cifar10",
        "data fetch mnist --from /no/dir | --from /no/dir is no folder",
        "data fetch mnist --form .       | --form",
        "train --preset stick            | presets are stic, ",
        "train --data mnits              | known are mnist, fashion-mnist, cifar10, cifar100,"
            + " synthetic",
        "train --device gpu              | unknown device 'gpu': use one of auto, cuda, cpu",
        "train --provider cudnn          | unknown provider 'cudnn': use one of kernels, vendor",
        "train --math fp16               | unknown arithmetic 'fp16': use one of fp32, tf32, bf16,"
            + " 3xtf32",
        "train --resume --out x --math bf16 | leave out all options that change settings",
        "sample --run x --class 3 --math half | unknown arithmetic 'half'",
        "evaluate --run x --math double  | unknown arithmetic 'double'",
        "tune --batch 0                  | --batch must be at least 1, not 0",
        "tune --preset stick             | unknown preset 'stick'; the presets are stic, ",
        "tune --data synthetic --model vgg | --model: unknown model 'vgg'; the models are",
        "tune --data mnits               | unknown data set 'mnits'",
        "train --passes x                | '--passes': 'x' is not an int",
        "train --passes -1               | passes must be at least 0, not -1",
        "train --training-images 0       | --training-images must be at least 1, not 0",
        "train --classes 3               | two or more different classes",
        "train --label-noise 1           | --label-noise must be a probability of at least 0 and",
        "train --label-noise -0.1        | less than 1, not -0.1",
        "train --subset-seed -1          | data_selection.subset_seed must be at least 0, not -1",
        "train --resume --out x --classes 3,8 | leave out all options that change settings",
        "train --config /no/file.toml    | --config /no/file.toml does not exist",
        "train --resume                  | --resume needs --out DIR",
        "train --resume --out /no/run    | /no/run holds no run",
        "train --resume --out x --seed 1 | leave out all options that change settings",
        "sample --class 3                | Missing required option: '--run=DIR'",
        "sample --run /no/run            | specify one of these",
        "sample --run x --class 3 --mix 3:1 | mutually exclusive",
        "sample --run /no/run --class 3  | /no/run holds no run",
        "sample --run x --class 3 --count 0 | --count must be at least 1, not 0",
        "interpolate --run x --from 3    | Missing required option: '--to=B'",
        "interpolate --run x --from 3 --to 4 --columns 1 | --columns must be at least 2, not 1",
        "compare                         | Missing required option: '--presets=A,B,..'",
        "compare --presets stick         | unknown preset 'stick'; the presets are stic, ",
        "compare --presets stic --seeds 0 | --seeds must be at least 1, not 0",
        "compare --presets stic,stic     | two contenders are named 'stic'",
        "compare --presets no.toml       | no.toml does not exist",
        "compare --presets stic --data x | unknown data set 'x'",
        "compare --presets stic --config /no/f | --config /no/f does not exist",
        "diagnose                        | Missing required option: '--run=DIR'",
        "diagnose --run x --steps 7      | --steps must be at least 8, not 7",
        "diagnose --run x --chains 0     | --chains must be at least 1, not 0",
        "evaluate                        | name either a run by --run DIR, or a network by --model",
        "evaluate --run x --model resnet56 | name either a run by --run DIR, or a network",
        "evaluate --model resnet56       | --model, --weights and --data belong together",
        "evaluate --model r --weights w --data x | unknown data set 'x'",
        "evaluate --model r --weights w --data mnist --samples 20 | name one by --run DIR",
        "evaluate --model r --weights w --data mnist --noise 1 | name one by --run DIR",
        "evaluate --model r --weights /no --data synthetic | --weights /no does not exist",
        "evaluate --run x --judge r --judge-weights /no | --judge-weights /no does not exist",
        "evaluate --run /no/run          | /no/run holds no run",
        "evaluate --run x --noise -1     | --noise must be at least 0 and finite, not -1",
        "evaluate --run x --samples 9    | --samples must be at least 10, not 9",
        "evaluate --run x --images 0     | --images must be at least 1, not 0",
        "evaluate --run x --pgd l3:1     | 'l3:1' is no attack: write linf:EPS or l2:EPS",
        "evaluate --run x --pgd linf:-1  | 'linf:-1' is no attack",
        "evaluate --run x --pgd linf     | 'linf' is no attack",
        "evaluate --run x --pgd-steps 0  | --pgd-steps must be at least 1, not 0",
        "evaluate --run x --ood y        | unknown data set 'y'; known are ",
        "evaluate --run x --judge resnet56 | --judge resnet56 needs --judge-weights",
        "evaluate --run x --judge-weights f | --judge-weights needs --judge NAME",
        "report --run /no/run            | /no/run holds no run",
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
    for (String command :
        new String[] {
          "doctor",
          "data",
          "train",
          "compare",
          "diagnose",
          "sample",
          "interpolate",
          "evaluate",
          "report",
          "bench"
        }) {
      assertTrue(run.out().contains("\n  " + command + " "), run.out());
    }
    assertEquals("", run.err());
  }
}
