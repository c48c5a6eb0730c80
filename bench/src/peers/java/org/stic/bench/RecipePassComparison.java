package org.stic.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.SimtControl;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationFile;
import org.stic.training.Judge;
import org.stic.training.JudgeCache;
import org.stic.training.PassMetrics;
import org.stic.training.Training;
import org.stic.training.TrainingListener;

/**
 * Recipe passes of this program and of libtorch in turn, on the same threads of the same CPU, so
 * that what else the machine does falls on both. Measuring and storing between our passes is not
 * counted.
 *
 * <p>Arguments: passes (default 5), threads (default 2).
 */
public final class RecipePassComparison {
  private static final int IMAGES = 1000;

  private final RecipePassPeer peer = new RecipePassPeer();
  private final List<Double> ratios = new ArrayList<>();

  private RecipePassComparison() {}

  public static void main(String[] arguments) throws IOException {
    int passes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    // The device comes first: libtorch takes up room that the loader then refuses to other
    // libraries.
    try (Device device = Device.open(DeviceChoice.CPU)) {
      torch.set_num_threads(threads);
      SimtControl.of(device).setWorkers(threads);
      new RecipePassComparison().run(device, passes);
    }
  }

  private void run(Device device, int passes) throws IOException {
    Path folder = Files.createTempDirectory("recipe-pass");
    Configuration configuration = configuration(folder, passes);
    ImageDataset train = Datasets.standard().load("synthetic", Split.TRAIN).first(IMAGES);
    ImageDataset test = Datasets.standard().load("synthetic", Split.TEST).first(IMAGES);
    JudgeCache judges = new JudgeCache(folder);
    try (Judge judge =
        judges.obtain(device, train, test, configuration.judge(), TrainingListener.NONE)) {
      peer.pass();
      Training.Materials materials = new Training.Materials(device, train, test, judge);
      Training.run(materials, configuration, folder.resolve("run"), listener());
    }
    Collections.sort(ratios);
    System.out.printf("median of libtorch / ours: %.2f%n", ratios.get(ratios.size() / 2));
  }

  /** The plain recipe that the peer computes, with little of what is not measured here. */
  private static Configuration configuration(Path folder, int passes) throws IOException {
    Path settings = folder.resolve("settings.toml");
    Files.writeString(
        settings,
        """
        data_selection.training_images = 1000

        [start]
        epochs = 1

        [sampler.gram]
        layers = [{ name = "1", weight = 1.0 }, { name = "2", weight = 1.0 }]
        loss = "quadratic"
        target = { kind = "class-mean", images = 100 }

        [sampler.step]
        update_cap = 0.0
        filter = { kind = "none" }

        [evaluation]
        samples = 10
        steps = 1
        correction_steps = 0
        """);
    return ConfigurationFile.read(settings, "stic", "synthetic").withPasses(passes);
  }

  private TrainingListener listener() {
    return new TrainingListener() {
      @Override
      public void passFinished(PassMetrics metrics) {
        if (metrics.pass() > 0) {
          compare(metrics);
        }
      }
    };
  }

  private void compare(PassMetrics metrics) {
    RecipePassPeer.Seconds theirs = peer.pass();
    ratios.add(theirs.total() / metrics.trainingSeconds());
    System.out.printf(
        "pass %d: ours %.3f s, libtorch %s%n", metrics.pass(), metrics.trainingSeconds(), theirs);
  }
}
