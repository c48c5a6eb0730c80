package org.stic.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.stic.metrics.MeanAndDeviation;
import org.stic.report.MetricsFile;
import org.stic.settings.DataSelection;

/**
 * What a comparison found.
 *
 * @param data name of the image set
 * @param dataSelection which of its images
 * @param seeds repetitions
 * @param dataSeeds whether each repetition had a training subset of its own
 * @param passes passes after the start
 * @param samples drawings behind each figure of a run
 * @param drawings which drawings were measured
 * @param judge name of the judge
 * @param judgeAccuracy the judge's own accuracy on the test images
 * @param rows the table
 * @param paths ways between two classes; empty where they were not asked for
 */
public record ComparisonResult(
    String data,
    DataSelection dataSelection,
    int seeds,
    boolean dataSeeds,
    int passes,
    int samples,
    String drawings,
    String judge,
    double judgeAccuracy,
    List<ComparisonRow> rows,
    List<PathRow> paths) {
  private static final String SELECTION_RULE = "fresh, unselected chains";

  /** Summarises the outcomes of a plan's trials. */
  public static ComparisonResult of(
      ComparisonPlan plan,
      List<Outcome> outcomes,
      List<PathRow> paths,
      String judge,
      double judgeAccuracy) {
    var shared = plan.shared();
    return new ComparisonResult(
        shared.data(),
        shared.dataSelection(),
        plan.seeds(),
        plan.dataSeeds(),
        shared.passes(),
        shared.evaluation().samples(),
        SELECTION_RULE,
        judge,
        judgeAccuracy,
        new RowBuilder(outcomes).rows(),
        paths);
  }

  /** The table. */
  public ComparisonTable table() {
    return new ComparisonTable(rows);
  }

  /** Everything for a terminal. */
  public String text() {
    String table = table().text() + "\n" + conditions();
    PathTable ways = new PathTable(paths);
    return paths.isEmpty()
        ? table
        : "%s\n\n%s\n%s".formatted(table, ways.text(), ways.conditions());
  }

  /** How the figures were made, for the reader of the table. */
  public String conditions() {
    return ("%s, %s; %d passes; %s. Above control: accuracy less that of %s, the same updates"
            + " without drawings, on the same seeds, ± standard error of the paired differences."
            + " Drawings are judged by %s, itself right on %.2f %% of the test images: %d %s of"
            + " each run. Its Frechet distance is not FID. %s")
        .formatted(
            data,
            describe(dataSelection),
            passes,
            repetitions(),
            Contender.CONTROL,
            judge,
            100 * judgeAccuracy,
            samples,
            drawings,
            budget());
  }

  private String repetitions() {
    String subsets = dataSeeds ? ", each with a training subset of its own" : "";
    return seeds == 1
        ? "one seed, so that no spread is known"
        : "seeds 1 to %d%s, mean ± standard deviation over them".formatted(seeds, subsets);
  }

  private static String describe(DataSelection selection) {
    String classes =
        selection.classes().isEmpty() ? "" : " of " + String.join(", ", selection.classes());
    String noise =
        selection.labelNoise() == 0
            ? ""
            : " with %.0f %% of the labels redrawn".formatted(100 * selection.labelNoise());
    return "%d training images%s%s".formatted(selection.trainingImages(), classes, noise);
  }

  /** Whether all that draw had the same budget; the table has the numbers. */
  private String budget() {
    boolean isEqual = costs(Measure.UPDATES).size() <= 1 && drawnGradients().size() <= 1;
    return isEqual
        ? "All had the same updates, and all that draw the same image-gradients."
        : "Updates or image-gradients differ between rows: mind those columns.";
  }

  private TreeSet<Double> drawnGradients() {
    TreeSet<Double> gradients = costs(Measure.IMAGE_GRADIENTS);
    gradients.remove(0.0);
    return gradients;
  }

  private TreeSet<Double> costs(Measure measure) {
    return rows.stream()
        .filter(row -> row.kind().compareTo(ComparisonRow.Kind.CONTROL) >= 0)
        .map(row -> row.get(measure))
        .map(MeanAndDeviation::mean)
        .filter(mean -> !mean.isNaN())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Writes comparison.json and comparison.md into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("comparison.json"), MetricsFile.toJson(this) + "\n");
    Files.writeString(
        folder.resolve("comparison.md"), table().markdown() + "\n" + conditions() + "\n");
  }
}
