package org.stic.training;

import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.model.ConvClassifier;
import org.stic.model.Dropout;
import org.stic.model.Weights;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.Configuration;

/**
 * One kind of update as a program: noise on the images, one forward pass, the objectives' sum,
 * Adam. The loss is summed up on the device, so that an update waits for nothing. Owns its program
 * and its batch memory.
 */
final class ClassifierTrainer implements AutoCloseable {
  private final Batch batch;
  private final Adam adam;
  private final Variable noiseStep;
  private final Variable lossSum;
  private final Program program;

  /** Compiles the update of a batch of the given kinds of images. */
  ClassifierTrainer(
      Device device,
      DrawingClassifier subject,
      Adam adam,
      BatchSettings settings,
      List<Objective> objectives) {
    this.adam = adam;
    ConvClassifier classifier = subject.classifier();
    Shape image = classifier.input();
    batch = new Batch(settings.total(), image.intElements(), classifier.classes());
    noiseStep = Variable.allocateCounters(device, "noise-step", Shape.of(1));
    lossSum = Variable.allocate(device, "loss-sum", Shape.SCALAR);
    Graph graph = new Graph();
    Tensor images =
        graph.input("images", Shape.of(settings.total(), image.dim(0), image.dim(1), image.dim(2)));
    Tensor classWeights = graph.input("weights", Shape.of(settings.total(), classifier.classes()));
    Weights weights = subject.parameters().read(graph);
    Tensor noisy = Ops.add(images, noise(graph, images.shape(), subject.configuration()));
    Tensor logits =
        classifier.apply(noisy, weights, x -> dropout(x, subject.configuration())).logits();
    Tensor loss = Objective.sum(objectives, new BatchLogits(logits, classWeights, settings));
    graph.effect(new IncrementEffect(noiseStep));
    graph.assign(lossSum, Ops.add(graph.read(lossSum), loss));
    adam.minimise(graph, weights, loss);
    program = Program.compile(device, graph);
  }

  private Tensor noise(Graph graph, Shape shape, Configuration configuration) {
    int purpose = Purpose.INPUT_NOISE.code();
    Tensor normal = Ops.normal(graph.read(noiseStep), configuration.seed(), purpose, shape);
    return Ops.scale(normal, (float) configuration.start().inputNoise());
  }

  private Tensor dropout(Tensor headInput, Configuration configuration) {
    float rate = (float) configuration.regularisation().dropout();
    if (rate == 0) {
      return headInput;
    }
    Tensor step = headInput.graph().read(noiseStep);
    int purpose = Purpose.DROPOUT.code();
    Tensor uniform = Ops.uniform(step, configuration.seed(), purpose, headInput.shape());
    return new Dropout(rate).apply(headInput, uniform);
  }

  /** Sets the noise and dropout of the following updates, and starts a new sum of losses. */
  void begin(int firstNoiseStep) {
    noiseStep.upload(firstNoiseStep);
    lossSum.upload(0f);
  }

  /** Makes one update on a batch that the composer fills; returns when it is enqueued. */
  void update(BatchComposer composer, RandomKey key, double rate) {
    composer.compose(batch, key.generator());
    program.set("images", batch.images());
    program.set("weights", batch.weights());
    adam.prepare(rate);
    program.run();
  }

  /** The sum of losses since {@link #begin}; waits for the updates. */
  double lossSum() {
    return lossSum.download()[0];
  }

  @Override
  public void close() {
    program.close();
    lossSum.close();
    noiseStep.close();
    batch.close();
  }
}
