package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stic.report.HtmlReport;
import org.stic.report.LineChart;
import org.stic.report.Table;

/**
 * What diagnosed chains look like, on a page and on a terminal.
 *
 * @param run name of the run
 * @param summary the chains
 */
record ChainPage(String run, ChainSummary summary) {
  private static final List<String> HEADER =
      List.of("", "mean", "effective sample size", "split R-hat", "correlation of neighbours");

  /** Writes the page. */
  void write(Path file) throws IOException {
    HtmlReport report =
        new HtmlReport("stic: chains of %s, class %s".formatted(run, summary.className()));
    report.paragraph(introduction());
    report.table("Exact steps", HEADER, rows());
    report.charts("Step by step, means over the chains", charts());
    report.charts(
        "Autocorrelation along the exact steps",
        List.of(new LineChart("autocorrelation", "lag", correlations())));
    report.write(file);
  }

  private String introduction() {
    return ("%d chains of class %s: %d approximate steps, then %d exact steps that adapt the step"
            + " size, then %d exact ones that count (step size %.3g, temperature %.3g). All chains"
            + " sample one density from canvases of their own. They took %.0f %% of their"
            + " proposals on average, between %.0f and %.0f %% by chain. An effective sample size"
            + " far below %d or an R-hat above 1.01 says that the chains have not mixed: the"
            + " drawings are then what the chains climbed to, not draws from the density.")
        .formatted(
            summary.chains(),
            summary.className(),
            summary.approximateSteps(),
            summary.warmUpSteps(),
            summary.exactSteps(),
            summary.stepSize(),
            summary.temperature(),
            100 * acceptance().average().orElseThrow(),
            100 * acceptance().min().orElseThrow(),
            100 * acceptance().max().orElseThrow(),
            summary.chains() * summary.exactSteps());
  }

  private DoubleStream acceptance() {
    return summary.acceptance().stream().mapToDouble(value -> value);
  }

  private List<List<String>> rows() {
    return summary.functionals().stream()
        .map(
            functional ->
                List.of(
                    functional.name(),
                    "%.4g".formatted(functional.mean()),
                    "%.1f".formatted(functional.effectiveSampleSize()),
                    "%.3f".formatted(functional.rhat()),
                    "%.3f".formatted(functional.autocorrelation().get(1))))
        .toList();
  }

  private List<LineChart> charts() {
    return Stream.of(
            chart("class term", ChainSummary.Step::classTerm),
            chart("Gram loss", ChainSummary.Step::gramLoss),
            chart("distance from canvas", ChainSummary.Step::displacement),
            chart("acceptance of exact steps", ChainSummary.Step::acceptance))
        .toList();
  }

  private LineChart chart(String title, ToDoubleFunction<ChainSummary.Step> value) {
    Function<ChainSummary.Step, LineChart.Point> point =
        step -> new LineChart.Point(step.step(), value.applyAsDouble(step));
    return new LineChart(
        title,
        "step",
        List.of(
            new LineChart.Series(
                title,
                summary.trace().stream()
                    .map(point)
                    .filter(at -> Double.isFinite(at.y()))
                    .toList())));
  }

  private List<LineChart.Series> correlations() {
    List<LineChart.Series> series = new ArrayList<>();
    for (ChainSummary.Functional functional : summary.functionals()) {
      List<Double> values = functional.autocorrelation();
      series.add(
          new LineChart.Series(
              functional.name(),
              IntStream.range(0, values.size())
                  .mapToObj(lag -> new LineChart.Point(lag, values.get(lag)))
                  .filter(at -> Double.isFinite(at.y()))
                  .toList()));
    }
    return series;
  }

  /** For a terminal. */
  String text() {
    Table table = new Table(HEADER.toArray(String[]::new));
    rows().forEach(row -> table.row(row.toArray()));
    return table + "\n" + introduction();
  }
}
