package org.stic.bench.efficiency;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.stic.bench.ExitCodes;
import org.stic.bench.RunOptions;
import org.stic.bench.StoredRun;
import org.stic.bench.Workbench;
import org.stic.bench.WrongUseException;
import org.stic.bench.result.Distribution;
import org.stic.bench.result.Row;
import org.stic.cuda.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stic bench efficiency}. */
@Command(
    name = "efficiency",
    description = {
      "Effective samples a second, and gradients for each, of every sampler on densities with known"
          + " answers and on the recipe's.",
      "Sizes are those of the worst coordinate. Chains that R-hat says have not mixed have none."
    })
public final class EfficiencyCommand implements Callable<Integer> {
  private static final int FEWEST_STEPS = 20;

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "NAME",
      description = "Of gaussian, ill-conditioned, correlated and classifier (default: all).")
  private List<String> targets = Targets.NAMES;

  @Option(
      names = "--samplers",
      split = ",",
      paramLabel = "NAME",
      description = "Of ula, mala, mala-fisher and mala-variance (default: all).")
  private List<String> samplers = SamplerRule.NAMES;

  @Option(names = "--chains", paramLabel = "N", description = "Chains (default: 8).")
  private int chains = 8;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Draws of each chain, after as many steps of warm-up (default: 2000).")
  private int steps = 2000;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Repetitions with different random numbers (default: 3).")
  private int repeats = 3;

  @Override
  public Integer call() throws IOException {
    requireKnown("--targets", targets, Targets.NAMES);
    requireKnown("--samplers", samplers, SamplerRule.NAMES);
    requireAtLeast("--chains", chains, 2);
    requireAtLeast("--steps", steps, FEWEST_STEPS);
    requireAtLeast("--repeats", repeats, 1);
    options.require();
    try (Device device = Workbench.openDevice()) {
      Optional<StoredRun> stored = options.begin("efficiency", spec, device);
      List<Row> rows = measure(device);
      if (stored.isPresent()) {
        stored.get().finish(device, rows);
      }
    }
    return ExitCodes.DONE;
  }

  private List<Row> measure(Device device) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "target           sampler        R-hat  accepted  variance    ESS min  median"
            + "    ESS/s  gradients/ESS");
    List<Row> rows = new ArrayList<>();
    for (String name : targets) {
      try (Target target = Targets.open(name, device, chains)) {
        for (String sampler : samplers) {
          Trial trial = new Trial(device, target, SamplerRule.parse(sampler), chains, steps);
          List<Efficiency> found = LongStream.rangeClosed(1, repeats).mapToObj(trial::run).toList();
          rows.addAll(EfficiencyRows.of(trial, found));
          out.println(line(trial, found));
        }
      }
    }
    return rows;
  }

  /** Medians over the repetitions. */
  static String line(Trial trial, List<Efficiency> found) {
    String head =
        String.format(
            Locale.ROOT,
            "%-16s %-13s %6.3f  %8s  %8s",
            trial.target().label(),
            trial.rule().label(),
            median(found, Efficiency::rhat),
            number(median(found, Efficiency::acceptance)),
            number(median(found, Efficiency::varianceRatio)));
    if (!found.stream().allMatch(Efficiency::isMixed)) {
      return head + "   not mixed: R-hat is above " + Efficiency.LARGEST_RHAT;
    }
    return head
        + String.format(
            Locale.ROOT,
            "  %9.0f  %6.0f  %7.0f  %13.1f",
            median(found, Efficiency::least),
            median(found, Efficiency::median),
            median(found, each -> each.samplesPerSecond().orElseThrow()),
            median(found, each -> each.gradientsPerSample().orElseThrow()));
  }

  private static double median(List<Efficiency> found, ToDoubleFunction<Efficiency> value) {
    return Distribution.of(found.stream().mapToDouble(value).toArray()).median();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void requireKnown(String option, List<String> words, List<String> known) {
    words.stream()
        .filter(word -> !known.contains(word))
        .findFirst()
        .ifPresent(
            word -> {
              throw new WrongUseException(
                  "%s: unknown name '%s'; known are %s"
                      .formatted(option, word, String.join(", ", known)));
            });
  }

  private static void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new WrongUseException("%s must be at least %d, not %d".formatted(option, least, value));
    }
  }
}
