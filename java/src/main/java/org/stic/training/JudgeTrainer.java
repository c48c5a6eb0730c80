package org.stic.training;

import java.util.Arrays;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.data.Permutation;
import org.stic.graph.Graph;
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
      Judge judge,
      ImageDataset data,
      JudgeSettings settings,
      TrainingListener listener) {
    judge.parameters().initialise(settings.seed(), Purpose.JUDGE_INITIALISATION);
    int size = Math.min(settings.batch(), data.count());
    try (Adam adam = new Adam(device, judge.parameters(), BETA1, BETA2, CLIP_NORM, 0);
        Batch batch = new Batch(size, data.shape().elements(), data.classNames().size());
        Program program = compile(device, judge, adam, size)) {
      LearningRate rate = new LearningRate.OneCycle(settings.peakRate());
      int perEpoch = data.count() / size;
      int updates = perEpoch * settings.epochs();
      int[] order = {};
      for (int update = 0; update < updates; update++) {
        if (update % perEpoch == 0) {
          order = Permutation.of(data.count(), settings.seed(), update / perEpoch);
        }
        Cancellation.check();
        listener.progress("judge", update, updates, "updates");
        fill(batch, data, order, update % perEpoch * size, size);
        program.set("images", batch.images());
        program.set("weights", batch.weights());
        adam.prepare(rate.at(update, updates));
        program.run();
      }
      device.synchronize();
      listener.progress("judge", updates, updates, "updates");
    }
  }

  private static Program compile(Device device, Judge judge, Adam adam, int size) {
    JudgeNetwork network = judge.network();
    Shape image = network.input();
    Graph graph = new Graph();
    Tensor images = graph.input("images", Shape.of(size, image.dim(0), image.dim(1), image.dim(2)));
    Tensor targets = graph.input("weights", Shape.of(size, network.classes()));
    Weights weights = judge.parameters().read(graph);
    Tensor logits = network.apply(images, weights).logits();
    Tensor loss = Ops.mean(Ops.crossEntropy(logits, targets));
    adam.minimise(graph, weights, loss);
    return Program.compile(device, graph);
  }

  private static void fill(Batch batch, ImageDataset data, int[] order, int first, int size) {
    for (int place = 0; place < size; place++) {
      int index = order[first + place];
      data.readImage(index, batch.image(), 0);
      Arrays.fill(batch.row(), 0);
      batch.row()[data.label(index)] = 1;
      batch.put(place);
    }
  }
}
