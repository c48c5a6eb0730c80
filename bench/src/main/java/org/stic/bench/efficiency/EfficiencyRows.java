package org.stic.bench.efficiency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.stic.bench.result.Better;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;

/** The repetitions of a trial as rows of results; sizes only where all of them have mixed. */
final class EfficiencyRows {
  private EfficiencyRows() {}

  static List<Row> of(Trial trial, List<Efficiency> repetitions) {
    List<Row> rows = new ArrayList<>();
    rows.add(row(trial, "split R-hat", Better.LOWER, "", repetitions, Efficiency::rhat));
    if (trial.rule().isExact()) {
      rows.add(row(trial, "acceptance", Better.HIGHER, "", repetitions, Efficiency::acceptance));
    }
    if (repetitions.stream().allMatch(Efficiency::isMixed)) {
      rows.add(
          row(
              trial,
              "effective samples per second",
              Better.HIGHER,
              "1/s",
              repetitions,
              found -> found.samplesPerSecond().orElseThrow()));
      rows.add(
          row(
              trial,
              "gradients per effective sample",
              Better.LOWER,
              "",
              repetitions,
              found -> found.gradientsPerSample().orElseThrow()));
    }
    return rows;
  }

  private static Row row(
      Trial trial,
      String quantity,
      Better better,
      String unit,
      List<Efficiency> repetitions,
      ToDoubleFunction<Efficiency> value) {
    Map<String, String> parameters =
        Map.of(
            "target", trial.target().label(),
            "chains", Integer.toString(trial.chains()),
            "steps", Integer.toString(trial.steps()));
    List<Double> samples = repetitions.stream().mapToDouble(value).boxed().toList();
    // R-hat of a coordinate that never moved is infinite, which no file holds.
    List<Double> finite =
        samples.stream().map(sample -> Math.min(sample, Float.MAX_VALUE)).toList();
    return Row.of("Efficiency." + trial.rule().label(), parameters, RowKind.EFFICIENCY)
        .quantity(quantity, better)
        .unit(unit)
        .samples(finite)
        .build();
  }
}
