package org.stic.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.stic.data.ImageShape;
import org.stic.data.Permutation;
import org.stic.metrics.ClassPath;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.PairedDifference;
import org.stic.report.ImageGrid;
import org.stic.settings.EvaluationSettings;
import org.stic.training.RunDirectory;
import org.stic.training.TrainedClassifier;
import org.stic.training.Training;

/**
 * Ways between two classes: every contender draws the same pairs of classes from the same canvases
 * while the class weights move from one to the other, and the judge says how evenly the pictures
 * follow.
 */
public final class InterpolationStudy {
  private static final int COLUMNS = 9;
  private static final int CANVASES = 2;
  private static final int PICTURED_PAIRS = 6;

  private final Training.Materials materials;
  private final Path folder;
  private final List<ClassPair> pairs;

  private record ClassPair(int from, int to) {}

  /**
   * A study on a comparison's runs.
   *
   * @param folder of the comparison, which gets the pictures
   * @param pairCount pairs of classes, drawn from all of them
   */
  public InterpolationStudy(Training.Materials materials, Path folder, int pairCount) {
    this.materials = materials;
    this.folder = folder;
    int classes = materials.train().classNames().size();
    List<ClassPair> all = new ArrayList<>();
    for (int from = 0; from < classes; from++) {
      for (int to = from + 1; to < classes; to++) {
        all.add(new ClassPair(from, to));
      }
    }
    pairs =
        IntStream.of(Permutation.of(all.size(), 1, 0)).limit(pairCount).mapToObj(all::get).toList();
  }

  /** Pictures of each pair, a row for the first canvas of each; of a contender's first seed. */
  static Path picture(Path folder, Contender contender) {
    return folder.resolve("interpolations").resolve(contender.name() + ".png");
  }

  /**
   * Draws and judges the ways of all runs that are complete.
   *
   * @return a row for each contender in their order
   */
  public List<PathRow> run(List<Outcome> outcomes) throws IOException {
    Map<Contender, Map<Long, List<ClassPath>>> paths = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      if (outcome.isComplete()) {
        Contender contender = outcome.trial().contender();
        boolean isFirst = !paths.containsKey(contender);
        paths
            .computeIfAbsent(contender, key -> new LinkedHashMap<>())
            .put(outcome.trial().seed(), draw(outcome.trial(), isFirst));
      }
    }
    List<PathRow> rows = new ArrayList<>();
    Map<Long, List<ClassPath>> first =
        paths.isEmpty() ? Map.of() : paths.values().iterator().next();
    paths.forEach(
        (contender, bySeed) ->
            rows.add(row(contender, bySeed, rows.isEmpty() ? null : gain(bySeed, first))));
    return rows;
  }

  private List<ClassPath> draw(Trial trial, boolean isPictured) throws IOException {
    RunDirectory run = RunDirectory.open(trial.folder());
    try (TrainedClassifier classifier =
        TrainedClassifier.load(materials.device(), run, materials.train())) {
      EvaluationSettings settings = trial.configuration().evaluation();
      var drawing = new TrainedClassifier.DrawingSettings(settings.steps(), 0, 0);
      float[] images = classifier.draw(weights(), canvases(), drawing).images();
      if (isPictured) {
        write(picture(folder, trial.contender()), images);
      }
      return judge(materials.judge().probabilities(images));
    }
  }

  /** Way after way: the canvases of the first pair, then those of the second, and so on. */
  private float[][] weights() {
    int classes = materials.train().classNames().size();
    List<float[]> rows = new ArrayList<>();
    for (ClassPair pair : pairs) {
      float[][] path = TrainedClassifier.path(pair.from(), pair.to(), classes, COLUMNS);
      for (int canvas = 0; canvas < CANVASES; canvas++) {
        rows.addAll(List.of(path));
      }
    }
    return rows.toArray(float[][]::new);
  }

  private int[] canvases() {
    return IntStream.range(0, pairs.size() * CANVASES * COLUMNS)
        .map(image -> image / COLUMNS)
        .toArray();
  }

  private List<ClassPath> judge(float[] probabilities) {
    int classes = materials.train().classNames().size();
    return IntStream.range(0, pairs.size() * CANVASES)
        .mapToObj(
            way -> {
              ClassPair pair = pairs.get(way / CANVASES);
              return ClassPath.of(
                  column(probabilities, way, classes, pair.from()),
                  column(probabilities, way, classes, pair.to()));
            })
        .toList();
  }

  private static double[] column(float[] probabilities, int way, int classes, int label) {
    return IntStream.range(0, COLUMNS)
        .mapToDouble(column -> probabilities[(way * COLUMNS + column) * classes + label])
        .toArray();
  }

  private void write(Path file, float[] images) throws IOException {
    ImageShape shape = materials.train().shape();
    int row = COLUMNS * shape.elements();
    int rows = Math.min(PICTURED_PAIRS, pairs.size());
    float[] strips = new float[rows * row];
    for (int pair = 0; pair < rows; pair++) {
      System.arraycopy(images, pair * CANVASES * row, strips, pair * row, row);
    }
    new ImageGrid(shape.channels(), shape.height(), shape.width(), COLUMNS).write(file, strips);
  }

  private PathRow row(
      Contender contender, Map<Long, List<ClassPath>> bySeed, PairedDifference gain) {
    Map<PathMeasure, MeanAndDeviation> measures = new EnumMap<>(PathMeasure.class);
    for (PathMeasure measure : PathMeasure.values()) {
      measures.put(
          measure,
          MeanAndDeviation.of(bySeed.values().stream().map(ways -> mean(ways, measure)).toList()));
    }
    return new PathRow(contender.name(), pairs.size() * CANVASES, measures, gain);
  }

  /** Null where no seed is complete in both. */
  private static PairedDifference gain(
      Map<Long, List<ClassPath>> bySeed, Map<Long, List<ClassPath>> first) {
    List<Long> shared = bySeed.keySet().stream().filter(first::containsKey).toList();
    return shared.isEmpty()
        ? null
        : PairedDifference.of(deviations(first, shared), deviations(bySeed, shared));
  }

  private static double[] deviations(Map<Long, List<ClassPath>> bySeed, List<Long> seeds) {
    return seeds.stream()
        .mapToDouble(seed -> mean(bySeed.get(seed), PathMeasure.DEVIATION))
        .toArray();
  }

  private static double mean(List<ClassPath> ways, PathMeasure measure) {
    return ways.stream().mapToDouble(measure::of).average().orElseThrow();
  }
}
