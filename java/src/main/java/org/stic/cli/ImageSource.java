package org.stic.cli;

import java.io.IOException;
import org.stic.cuda.Device;
import org.stic.data.DatasetFetch;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.LoadOptions;
import org.stic.data.Split;
import org.stic.settings.Configuration;
import org.stic.settings.DataSelection;
import org.stic.settings.JudgeSettings;
import org.stic.training.DataSelector;
import org.stic.training.JudgeCache;
import org.stic.training.TrainedJudge;
import org.stic.training.TrainingListener;

/** All images of a run's classes in both splits, and where the judges of its drawings are kept. */
record ImageSource(Datasets datasets, ImageDataset train, ImageDataset test) {

  private static final int MOST_JUDGED = 60_000;

  /** Opens the set of a run, fetching it first where it is absent and can be fetched. */
  static ImageSource open(
      Datasets datasets, Configuration configuration, TrainingListener listener) {
    String name = configuration.data();
    String origin = datasets.origin(name);
    if (datasets.fetchable().contains(origin) && !datasets.isPresent(origin)) {
      listener.message(
          origin + " is not here yet; fetching it as 'stic data fetch " + origin + "' does");
      new DatasetFetch(datasets).fetch(origin);
    }
    DataSelection selection = configuration.dataSelection();
    return new ImageSource(
        datasets,
        DataSelector.ofClasses(load(datasets, configuration, Split.TRAIN), selection),
        DataSelector.ofClasses(load(datasets, configuration, Split.TEST), selection));
  }

  /** All images of one split of a run's set, of all classes, in the form that the run asks for. */
  static ImageDataset load(Datasets datasets, Configuration configuration, Split split) {
    DataSelection selection = configuration.dataSelection();
    LoadOptions options = new LoadOptions(selection.imageSize(), selection.splitSeed());
    return datasets.load(configuration.data(), split, options);
  }

  /**
   * The judge of drawings, trained once for each set and then kept; the caller closes it. Of very
   * large sets it learns from the first {@value #MOST_JUDGED} images.
   */
  TrainedJudge judge(Device device, JudgeSettings settings, TrainingListener listener)
      throws IOException {
    return new JudgeCache(datasets.folder("judges"))
        .obtain(device, ofJudge(train), ofJudge(test), settings, listener);
  }

  private static ImageDataset ofJudge(ImageDataset images) {
    return images.count() > MOST_JUDGED ? images.first(MOST_JUDGED) : images;
  }
}
