package org.stic.training;

import java.util.Arrays;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.data.ImageDataset;
import org.stic.data.Permutation;
import org.stic.graph.Graph;
import org.stic.graph.InputFeed;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.JudgeNetwork;
import org.stic.model.Weights;
import org.stic.random.Purpose;
import org.stic.settings.JudgeSettings;

/** Trains a judge with cross-entropy on all training images, each once per epoch in a new order. */
final class JudgeTrainer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double CLIP_NORM = 5;

  private JudgeTrainer() {}

  static void train(
      Device device,
      TrainedJudge judge,
      ImageDataset data,
      JudgeSettings settings,
      TrainingListener listener) {
    judge.parameters().initialise(settings.seed(), Purpose.JUDGE_INITIALISATION);
    int size = Math.min(settings.batch(), data.count());
    try (Adam adam = new Adam(device, judge.parameters(), BETA1, BETA2, CLIP_NORM, 0);
        BatchFeed<Labelled> feed = feed(data, settings, size);
        Program program = compile(device, judge, adam, size);
        InputFeed uploads =
            new InputFeed(
                device, program.place("images"), program.place("weights"), adam.place())) {
      LearningRate rate = new LearningRate.OneCycle(settings.peakRate());
      int perEpoch = data.count() / size;
      int updates = perEpoch * settings.epochs();
      for (int update = 0; update < updates; update++) {
        Cancellation.check();
        listener.progress("judge", update, updates, "updates");
        Batch batch = feed.take(update).batch();
        uploads.set("images", batch.images());
        uploads.set("weights", batch.weights());
        adam.prepare(uploads, rate.at(update, updates));
        uploads.submit();
        program.run();
      }
      device.synchronize();
      listener.progress("judge", updates, updates, "updates");
    }
  }

  private static Program compile(Device device, TrainedJudge judge, Adam adam, int size) {
    JudgeNetwork network = judge.network();
    Shape image = network.input();
    Graph graph = new Graph();
    Tensor images = graph.input("images", Shape.of(size, image.dim(0), image.dim(1), image.dim(2)));
    Tensor targets = graph.input("weights", Shape.of(size, network.classes()));
    Weights weights = judge.parameters().read(graph);
    Tensor logits = network.apply(images, weights).logits();
    Tensor loss = Ops.mean(Ops.crossEntropy(logits, targets));
    adam.minimise(graph, weights, loss);
    return Program.compile(device, MathMode.FP32, graph);
  }

  private static BatchFeed<Labelled> feed(ImageDataset data, JudgeSettings settings, int size) {
    int perEpoch = data.count() / size;
    Epoch epoch = new Epoch(data.count(), settings.seed());
    return new BatchFeed<>(
        size,
        data.shape().elements(),
        data.classNames().size(),
        update ->
            new Labelled(data, epoch.part(update / perEpoch, update % perEpoch * size, size)));
  }

  /** The order of the epoch that was asked for last. */
  private static final class Epoch {
    private final int images;
    private final long seed;
    private int number = -1;
    private int[] order;

    Epoch(int images, long seed) {
      this.images = images;
      this.seed = seed;
    }

    int[] part(int epoch, int first, int count) {
      if (epoch != number) {
        order = Permutation.of(images, seed, epoch);
        number = epoch;
      }
      return Arrays.copyOfRange(order, first, first + count);
    }
  }

  /** Images with their own labels. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Labelled(ImageDataset data, int[] indices) implements BatchFeed.Draft {

    @Override
    public int parts() {
      return data.isCostly() ? indices.length : 1;
    }

    @Override
    public void fill(int part, Batch batch) {
      float[] image = new float[data.shape().elements()];
      for (int place = part; place < indices.length; place += parts()) {
        data.readImage(indices[place], image, 0);
        float[] row = new float[data.classNames().size()];
        row[data.label(indices[place])] = 1;
        batch.put(place, image, row);
      }
    }
  }
}
