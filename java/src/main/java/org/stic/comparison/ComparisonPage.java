package org.stic.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.stic.metrics.MeanAndDeviation;
import org.stic.report.HtmlReport;
import org.stic.report.LineChart;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationFile;

/** The page of a comparison: its table, curves over the passes, and everybody's drawings. */
public final class ComparisonPage {
  private static final String FILE = "comparison.html";
  private static final List<Measure> CURVES =
      List.of(
          Measure.ACCURACY,
          Measure.HIT_RATE,
          Measure.CLASSIFIER_SCORE,
          Measure.FRECHET_DISTANCE,
          Measure.DIVERSITY,
          Measure.ACCEPTANCE);

  private final ComparisonPlan plan;
  private final ComparisonResult result;
  private final Map<Contender, List<Outcome>> outcomes;

  /** A page about a plan's outcomes and what they came to. */
  public ComparisonPage(ComparisonPlan plan, List<Outcome> outcomes, ComparisonResult result) {
    this.plan = plan;
    this.result = result;
    this.outcomes =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.trial().contender(),
                    LinkedHashMap::new,
                    Collectors.toList()));
  }

  /**
   * Writes the page into the plan's folder.
   *
   * @return its file
   */
  public Path write() throws IOException {
    HtmlReport report = new HtmlReport("stic: comparison on " + result.data());
    report.table("Results", result.table().header(), result.table().cells());
    report.paragraph(result.conditions());
    report.charts("Pass by pass, means over the seeds", charts());
    report.pictures("Drawings of seed 1, a row for each class", pictures(Outcome::picture));
    if (!result.paths().isEmpty()) {
      addPaths(report);
    }
    report.verbatim("Settings of " + Contender.CONTROL, ConfigurationFile.write(control()));
    report.verbatim("What the others change", differences());
    Path file = plan.folder().resolve(FILE);
    report.write(file);
    return file;
  }

  private void addPaths(HtmlReport report) throws IOException {
    PathTable table = new PathTable(result.paths());
    report.table("From one class to another", table.header(), table.cells());
    report.paragraph(table.conditions());
    report.pictures(
        "Ways of seed 1, from the first class on the left to the other on the right",
        pictures(
            outcome -> InterpolationStudy.picture(plan.folder(), outcome.trial().contender())));
  }

  private List<LineChart> charts() {
    return CURVES.stream()
        .filter(this::wasMeasured)
        .map(measure -> new LineChart(measure.title(), "pass", curves(measure)))
        .toList();
  }

  /** Acceptance, for one, is not measured where no chain ends with exact steps. */
  private boolean wasMeasured(Measure measure) {
    return curves(measure).stream().anyMatch(curve -> !curve.points().isEmpty());
  }

  private List<LineChart.Series> curves(Measure measure) {
    return outcomes.entrySet().stream()
        .map(entry -> curve(entry.getKey().name(), entry.getValue(), measure))
        .toList();
  }

  private LineChart.Series curve(String name, List<Outcome> runs, Measure measure) {
    List<LineChart.Point> points =
        IntStream.rangeClosed(0, result.passes())
            .mapToObj(pass -> point(pass, runs, measure))
            .filter(point -> Double.isFinite(point.y()))
            .toList();
    return new LineChart.Series(name, points);
  }

  private static LineChart.Point point(int pass, List<Outcome> runs, Measure measure) {
    List<Double> values = runs.stream().map(run -> run.after(pass, measure)).toList();
    return new LineChart.Point(pass, measure.scaled(MeanAndDeviation.of(values).mean()));
  }

  /** A picture of each contender that has one, by the outcome of its first seed. */
  private List<HtmlReport.Picture> pictures(Function<Outcome, Path> file) {
    return outcomes.values().stream()
        .map(List::getFirst)
        .filter(outcome -> Files.exists(file.apply(outcome)))
        .map(
            outcome ->
                new HtmlReport.Picture(outcome.trial().contender().name(), file.apply(outcome)))
        .toList();
  }

  private Configuration control() {
    return outcomes.keySet().stream()
        .filter(Contender::isControl)
        .findFirst()
        .orElseThrow()
        .configuration();
  }

  private String differences() {
    Set<String> known = Set.copyOf(lines(control()));
    return outcomes.keySet().stream()
        .filter(contender -> !contender.isControl())
        .map(
            contender ->
                lines(contender.configuration()).stream()
                    .filter(line -> !known.contains(line))
                    .collect(Collectors.joining("\n", "# " + contender.name() + "\n", "\n")))
        .collect(Collectors.joining("\n"));
  }

  private static Collection<String> lines(Configuration configuration) {
    return ConfigurationFile.write(configuration).lines().distinct().toList();
  }
}
