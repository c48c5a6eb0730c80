package org.stic.training;

import java.util.Optional;
import java.util.function.Function;
import org.stic.graph.Graph;
import org.stic.graph.InputFeed;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;

/**
 * One kind of update as a program: the loss of a batch, Adam, the parameters' running mean. The
 * loss is summed up on the device and batches are uploaded beside the computation, so that an
 * update waits for nothing. Owns its program and what feeds it.
 */
final class ClassifierTrainer implements AutoCloseable {
  private final BatchComposer composer;
  private final BatchFeed<BatchComposer.Draft> feed;
  private final Adam adam;
  private final Variable step;
  private final Variable lossSum;
  private final Variable gapSum;
  private final Program program;
  private final InputFeed uploads;
  private long began;
  private long busy;

  /**
   * Compiles the update of a batch of the given kinds of images.
   *
   * @param composer fills the batches
   * @param purpose the streams of its choices, one for each update
   * @param loss adds the nodes of the loss, a scalar
   * @param gap adds the nodes of how much higher real images score than drawings, a scalar
   */
  ClassifierTrainer(
      DrawingClassifier subject,
      Adam adam,
      BatchSettings kinds,
      BatchComposer composer,
      Purpose purpose,
      Function<UpdateBatch, Tensor> loss,
      Function<UpdateBatch, Optional<Tensor>> gap) {
    this.adam = adam;
    this.composer = composer;
    long seed = subject.configuration().seed();
    feed =
        new BatchFeed<>(
            kinds.total(),
            subject.imageElements(),
            subject.classes(),
            update -> composer.draft(new RandomKey(seed, purpose, 0, update)));
    step = Variable.allocateCounters(subject.device(), "update-step", Shape.of(1));
    lossSum = Variable.allocate(subject.device(), "loss-sum", Shape.SCALAR);
    gapSum = Variable.allocate(subject.device(), "gap-sum", Shape.SCALAR);
    program = Program.compile(subject.device(), update(subject, kinds, loss, gap));
    uploads =
        new InputFeed(
            subject.device(), program.place("images"), program.place("weights"), adam.place());
  }

  private Graph update(
      DrawingClassifier subject,
      BatchSettings kinds,
      Function<UpdateBatch, Tensor> loss,
      Function<UpdateBatch, Optional<Tensor>> gap) {
    Graph graph = new Graph();
    UpdateBatch inputs = inputs(graph, subject, kinds);
    Tensor value = loss.apply(inputs);
    graph.assign(lossSum, Ops.add(graph.read(lossSum), value));
    gap.apply(inputs).ifPresent(added -> graph.assign(gapSum, Ops.add(graph.read(gapSum), added)));
    subject
        .statistics(inputs)
        .forEach((name, after) -> graph.assign(subject.weights().trained().view(name), after));
    adam.minimise(graph, inputs.weights(), value);
    subject.weights().follow(graph);
    graph.effect(new IncrementEffect(step));
    return graph;
  }

  private UpdateBatch inputs(Graph graph, DrawingClassifier subject, BatchSettings kinds) {
    Shape image = subject.image();
    return new UpdateBatch(
        graph.input("images", Shape.of(kinds.total(), image.dim(0), image.dim(1), image.dim(2))),
        graph.input("weights", Shape.of(kinds.total(), subject.classes())),
        kinds,
        subject.weights().trained().read(graph),
        graph.read(step));
  }

  /** Sets the random numbers of the following updates, and starts new sums of losses and gaps. */
  void begin(int firstStep) {
    began = System.nanoTime();
    step.upload(firstStep);
    lossSum.upload(0f);
    gapSum.upload(0f);
  }

  /**
   * Makes one update on a batch that the composer fills; returns when it is enqueued.
   *
   * @param update the number of its batch
   */
  void update(int update, double rate) {
    BatchFeed.Filled<BatchComposer.Draft> filled = feed.take(update);
    composer.addDrawings(filled);
    uploads.set("images", filled.batch().images());
    uploads.set("weights", filled.batch().weights());
    adam.prepare(uploads, rate);
    uploads.submit();
    program.run();
  }

  /** The sum of losses since {@link #begin}; waits for the updates. */
  double lossSum() {
    double sum = lossSum.download()[0];
    busy += System.nanoTime() - began;
    return sum;
  }

  /**
   * The share of the time of all updates since the last call, from {@link #begin} to {@link
   * #lossSum}, in which they waited for images.
   */
  double dataWait() {
    double share = busy == 0 ? 0 : (double) feed.waited() / busy;
    busy = 0;
    return share;
  }

  /** The sum since {@link #begin} of how much higher real images score; waits for the updates. */
  double gapSum() {
    return gapSum.download()[0];
  }

  @Override
  public void close() {
    uploads.close();
    program.close();
    gapSum.close();
    lossSum.close();
    step.close();
    feed.close();
  }
}
