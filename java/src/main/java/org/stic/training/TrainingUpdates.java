package org.stic.training;

import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.random.Purpose;
import org.stic.settings.BatchSettings;
import org.stic.settings.Configuration;
import org.stic.settings.PassSettings;

/**
 * The updates of a configuration's passes and nothing else: batches that other threads compose, the
 * pass's loss, its gradient, Adam. Real images stand where drawings would, which costs the same; so
 * what is learned is of no use, and what it costs can be measured. Owns its programs and memory.
 */
public final class TrainingUpdates implements AutoCloseable {
  private final DrawingClassifier subject;
  private final Adam adam;
  private final ClassifierTrainer trainer;
  private final double rate;
  private int done;

  /**
   * Initialises the classifier and compiles the update.
   *
   * @param data real images of all classes, at least as many as a refresh has drawings
   */
  public TrainingUpdates(Device device, Configuration configuration, ImageDataset data) {
    PassSettings pass = configuration.pass();
    subject = DrawingClassifier.of(device, configuration, data);
    subject.weights().initialise(configuration.seed());
    rate = pass.optimizer().firstRate();
    adam =
        new Adam(
            device,
            subject.weights().trained(),
            pass.optimizer().beta1(),
            pass.optimizer().beta2(),
            pass.optimizer().clipNorm(),
            configuration.regularisation().weightDecay());
    adam.reset();
    trainer =
        new ClassifierTrainer(
            subject,
            adam,
            pass.batch(),
            composer(configuration, data),
            Purpose.UPDATE_BATCH,
            subject::passLoss,
            subject::scoreGap);
  }

  private BatchComposer composer(Configuration configuration, ImageDataset data) {
    PassSettings pass = configuration.pass();
    return new BatchComposer(
        data,
        pass.batch(),
        configuration.feed(),
        configuration.start().mixupAlpha(),
        standIns(data, pass.hardFakes(), pass.newestShare()),
        standIns(data, pass.softFakes(), pass.newestShare()));
  }

  private FakePool standIns(ImageDataset data, int count, double newestShare) {
    FakePool pool = new FakePool(subject.imageElements(), subject.classes(), newestShare);
    float[] images = new float[count * subject.imageElements()];
    IntStream.range(0, count)
        .forEach(index -> data.readImage(index, images, index * subject.imageElements()));
    pool.add(images, 0, count, subject.classWeights(0, count));
    return pool;
  }

  /** How many images of each kind an update sees. */
  public BatchSettings batch() {
    return subject.configuration().pass().batch();
  }

  /**
   * Makes a number of updates as a refresh of a pass does, and waits for them.
   *
   * @return the mean of their losses
   */
  public double run(int updates) {
    trainer.begin(done);
    for (int update = 0; update < updates; update++) {
      trainer.update(done++, rate);
    }
    return trainer.lossSum() / updates;
  }

  @Override
  public void close() {
    trainer.close();
    adam.close();
    subject.close();
  }
}
