package org.stic.cli;

import java.io.IOException;
import org.stic.cuda.Device;
import org.stic.data.DatasetFetch;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.settings.Configuration;
import org.stic.settings.DataSelection;
import org.stic.settings.JudgeSettings;
import org.stic.training.DataSelector;
import org.stic.training.Judge;
import org.stic.training.JudgeCache;
import org.stic.training.TrainingListener;

/** All images of a run's classes in both splits, and where the judges of its drawings are kept. */
record ImageSource(Datasets datasets, ImageDataset train, ImageDataset test) {

  /** Opens the set of a run, fetching it first where it is absent and can be fetched. */
  static ImageSource open(
      Datasets datasets, Configuration configuration, TrainingListener listener) {
    String name = configuration.data();
    if (datasets.fetchable().contains(name) && !datasets.isPresent(name)) {
      listener.message(
          name + " is not here yet; fetching it as 'stic data fetch " + name + "' does");
      new DatasetFetch(datasets).fetch(name);
    }
    DataSelection selection = configuration.dataSelection();
    return new ImageSource(
        datasets,
        DataSelector.ofClasses(datasets.load(name, Split.TRAIN), selection),
        DataSelector.ofClasses(datasets.load(name, Split.TEST), selection));
  }

  /** The judge of drawings, trained once for each set and then kept; the caller closes it. */
  Judge judge(Device device, JudgeSettings settings, TrainingListener listener) throws IOException {
    return new JudgeCache(datasets.folder("judges"))
        .obtain(device, train, test, settings, listener);
  }
}
