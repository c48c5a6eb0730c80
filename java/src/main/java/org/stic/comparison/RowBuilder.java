package org.stic.comparison;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.stic.comparison.ComparisonRow.Kind;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.PairedDifference;

/** Makes the rows of a comparison from the outcomes of its runs. */
final class RowBuilder {
  private static final Set<Measure> OF_IMAGES =
      EnumSet.of(
          Measure.HIT_RATE,
          Measure.CLASSIFIER_SCORE,
          Measure.FRECHET_DISTANCE,
          Measure.DIVERSITY,
          Measure.HIGH_FREQUENCY);
  private static final Set<Measure> OF_RUNS = EnumSet.allOf(Measure.class);

  private final Map<Contender, List<Outcome>> outcomes;
  private final Map<Long, Outcome> control;

  RowBuilder(List<Outcome> outcomes) {
    this.outcomes =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.trial().contender(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    control =
        outcomes.stream()
            .filter(outcome -> outcome.trial().contender().isControl())
            .collect(Collectors.toMap(outcome -> outcome.trial().seed(), outcome -> outcome));
  }

  /** References first, then the control, then the others in the plan's order. */
  List<ComparisonRow> rows() {
    List<ComparisonRow> rows = new ArrayList<>();
    rows.add(real());
    rows.addAll(distinct(Kind.CANVAS, "canvas alone"));
    rows.addAll(distinct(Kind.START, "without passes"));
    outcomes.forEach((contender, runs) -> rows.add(last(contender, runs)));
    rows.sort((one, other) -> one.kind().compareTo(other.kind()));
    return rows;
  }

  /** Real images are the same in all runs. */
  private ComparisonRow real() {
    List<Outcome> any = List.of(control.values().iterator().next());
    return row("real images", Kind.REAL, any, OF_IMAGES, (run, m) -> run.reference("real_", m));
  }

  private ComparisonRow last(Contender contender, List<Outcome> runs) {
    Kind kind = contender.isControl() ? Kind.CONTROL : Kind.CONTENDER;
    return row(contender.name(), kind, runs, OF_RUNS, Outcome::last);
  }

  /** One row for all contenders whose figures are equal, which then share what is measured. */
  private List<ComparisonRow> distinct(Kind kind, String name) {
    Map<Map<Measure, MeanAndDeviation>, List<ComparisonRow>> equal = new LinkedHashMap<>();
    outcomes.forEach(
        (contender, runs) -> {
          ComparisonRow row = reference(kind, contender.name(), runs);
          equal.computeIfAbsent(timeless(row), key -> new ArrayList<>()).add(row);
        });
    return equal.values().stream().map(rows -> renamed(rows, name, equal.size() == 1)).toList();
  }

  private ComparisonRow reference(Kind kind, String name, List<Outcome> runs) {
    return kind == Kind.CANVAS
        ? row(name, kind, runs, OF_IMAGES, (run, measure) -> run.reference("canvas_", measure))
        : row(name, kind, runs, OF_RUNS, (run, measure) -> run.after(0, measure));
  }

  private static Map<Measure, MeanAndDeviation> timeless(ComparisonRow row) {
    Map<Measure, MeanAndDeviation> figures = new EnumMap<>(row.measures());
    figures.remove(Measure.SECONDS);
    return figures;
  }

  private static ComparisonRow renamed(List<ComparisonRow> rows, String name, boolean isOnlyOne) {
    ComparisonRow first = rows.getFirst();
    String whose =
        rows.stream().map(ComparisonRow::name).collect(Collectors.joining(", ", " (", ")"));
    return new ComparisonRow(
        isOnlyOne ? name : name + whose,
        first.kind(),
        first.measures(),
        first.accuracyGain(),
        first.noisyAccuracyGain(),
        List.of());
  }

  private ComparisonRow row(
      String name,
      Kind kind,
      List<Outcome> runs,
      Set<Measure> measures,
      BiFunction<Outcome, Measure, Double> value) {
    Map<Measure, MeanAndDeviation> figures = new EnumMap<>(Measure.class);
    for (Measure measure : measures) {
      figures.put(
          measure,
          MeanAndDeviation.of(runs.stream().map(run -> value.apply(run, measure)).toList()));
    }
    List<Long> diverged =
        runs.stream().filter(run -> !run.isComplete()).map(run -> run.trial().seed()).toList();
    return new ComparisonRow(
        name,
        kind,
        figures,
        gain(Measure.ACCURACY, runs, measures, value),
        gain(Measure.NOISY_ACCURACY, runs, measures, value),
        diverged);
  }

  /** Above the control's figure; null where no seed has both. */
  private PairedDifference gain(
      Measure measure,
      List<Outcome> runs,
      Set<Measure> measures,
      BiFunction<Outcome, Measure, Double> value) {
    if (!measures.contains(measure)) {
      return null;
    }
    List<double[]> pairs =
        runs.stream()
            .map(
                run ->
                    new double[] {
                      value.apply(run, measure), control.get(run.trial().seed()).last(measure)
                    })
            .filter(pair -> !Double.isNaN(pair[0] + pair[1]))
            .toList();
    return pairs.isEmpty()
        ? null
        : PairedDifference.of(
            pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
            pairs.stream().mapToDouble(pair -> pair[1]).toArray());
  }
}
