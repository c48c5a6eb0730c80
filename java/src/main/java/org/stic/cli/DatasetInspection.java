package org.stic.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.LoadOptions;
import org.stic.data.ReadingReport;
import org.stic.data.Split;

/**
 * What {@code stic data inspect} tells of a set.
 *
 * @param name the name that leads to it from everywhere
 */
record DatasetInspection(String name, List<SplitState> splits) {
  private static final int NAMED_CLASSES = 10;

  /**
   * One split.
   *
   * @param shape channels, height and width of each image
   * @param classes number of images by class
   * @param reading what was found about the files
   */
  record SplitState(
      String split, int images, String shape, Map<String, Integer> classes, ReadingReport reading) {

    String text() {
      return """
      %s: %d images of %s in %d classes
        classes     %s
        images      %s\
      """
          .formatted(split, images, shape, classes.size(), describeClasses(), describeReading());
    }

    private String describeClasses() {
      String first =
          classes.entrySet().stream()
              .limit(NAMED_CLASSES)
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      int others = classes.size() - NAMED_CLASSES;
      return others > 0 ? "%s and %d more".formatted(first, others) : first;
    }

    private String describeReading() {
      String counts =
          "%d read, %d of them converted, %d unreadable; %d files left out"
              .formatted(
                  reading.read(), reading.converted(), reading.unreadable(), reading.skipped());
      return reading.examples().stream().reduce(counts, (text, line) -> text + "\n    " + line);
    }
  }

  /**
   * Opens both splits.
   *
   * @param check whether every image is read
   */
  static DatasetInspection of(Datasets datasets, String name, LoadOptions options, boolean check) {
    List<SplitState> splits = new ArrayList<>();
    for (Split split : Split.values()) {
      ImageDataset images = datasets.load(name, split, options);
      if (check) {
        readAll(images);
      }
      splits.add(
          new SplitState(
              split == Split.TRAIN ? "training" : "test",
              images.count(),
              images.shape().toString(),
              counts(images),
              images.report()));
    }
    return new DatasetInspection(datasets.canonicalName(name), splits);
  }

  private static void readAll(ImageDataset images) {
    ThreadLocal<float[]> target =
        ThreadLocal.withInitial(() -> new float[images.shape().elements()]);
    IntStream.range(0, images.count())
        .parallel()
        .forEach(index -> images.readImage(index, target.get(), 0));
  }

  private static Map<String, Integer> counts(ImageDataset images) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<int[]> ofClass = images.indicesByClass();
    for (int label = 0; label < ofClass.size(); label++) {
      counts.put(images.classNames().get(label), ofClass.get(label).length);
    }
    return counts;
  }

  String text() {
    return splits.stream().map(SplitState::text).collect(Collectors.joining("\n", name + "\n", ""));
  }
}
