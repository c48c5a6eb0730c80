package org.stic.cli;

import java.util.ArrayList;
import java.util.List;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.training.Attack;
import org.stic.training.MeasuredClassifier;
import org.stic.training.OutlierDetection;
import org.stic.training.OutlierMeter;
import org.stic.training.Robustness;
import org.stic.training.RobustnessMeter;
import org.stic.training.TrainingListener;

/**
 * What the options ask about a classifier besides its accuracy.
 *
 * @param subject the classifier
 * @param test all test images of its classes
 */
record ClassifierMeasurement(
    MeasurementOptions options,
    MeasuredClassifier subject,
    ImageDataset test,
    Datasets datasets,
    TrainingListener listener) {
  /** Stands for the classes of the set that the classifier was not trained on. */
  static final String OTHER_CLASSES = "other-classes";

  /** Refuses names of sets before anything is computed. */
  static void check(MeasurementOptions options, Datasets datasets) {
    options.outliers().stream()
        .filter(name -> !name.equals(OTHER_CLASSES))
        .forEach(datasets::canonicalName);
  }

  List<OutlierDetection> outliers() {
    if (options.outliers().isEmpty()) {
      return List.of();
    }
    List<ImageDataset> others = options.outliers().stream().map(this::others).toList();
    try (OutlierMeter meter = new OutlierMeter(subject, options.chosen(test))) {
      return others.stream().map(meter::detect).toList();
    }
  }

  private ImageDataset others(String name) {
    ImageDataset others = name.equals(OTHER_CLASSES) ? otherClasses() : load(name);
    OutlierMeter.requireSameShape(test, others);
    return options.chosen(others);
  }

  private ImageDataset load(String name) {
    return datasets.load(name, Split.TEST);
  }

  private ImageDataset otherClasses() {
    ImageDataset all = load(test.name());
    List<String> others = new ArrayList<>(all.classNames());
    others.removeAll(test.classNames());
    if (others.isEmpty()) {
      throw new UsageException(
          "--ood %s: the classifier knows all classes of %s; name another set"
              .formatted(OTHER_CLASSES, test.name()));
    }
    return all.ofClasses(others);
  }

  List<Robustness> robustness() {
    return attack(options.attacks(), options.attacked(test));
  }

  List<Robustness> controls() {
    return attack(options.controls(subject.image().intElements()), options.controlled(test));
  }

  private List<Robustness> attack(List<Attack> attacks, ImageDataset images) {
    List<Robustness> found = new ArrayList<>();
    for (Attack attack : attacks) {
      try (RobustnessMeter meter = new RobustnessMeter(subject, attack, images.count())) {
        found.add(meter.measure(images, listener));
      }
    }
    return found;
  }
}
