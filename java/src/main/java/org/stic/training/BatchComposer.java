package org.stic.training;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.stic.data.ImageDataset;
import org.stic.objective.BatchPart;
import org.stic.settings.BatchSettings;

/**
 * Fills batches with real images, mixup images and drawings. Each choice comes from the generator
 * that is handed in, so a batch is a pure function of that generator's key and of the pools'
 * content.
 */
final class BatchComposer {
  private final ImageDataset data;
  private final BatchSettings settings;
  private final double mixupAlpha;
  private final FakePool hard;
  private final FakePool soft;
  private final float[] partner;

  BatchComposer(
      ImageDataset data, BatchSettings settings, double mixupAlpha, FakePool hard, FakePool soft) {
    this.data = data;
    this.settings = settings;
    this.mixupAlpha = mixupAlpha;
    this.hard = hard;
    this.soft = soft;
    partner = new float[data.shape().elements()];
  }

  /** Fills all places of a batch in the order of {@link BatchPart}. */
  void compose(Batch batch, RandomGenerator random) {
    for (BatchPart part : BatchPart.values()) {
      int from = part.from(settings);
      for (int slot = 0; slot < part.count(settings); slot++) {
        switch (part) {
          case REAL -> composeReal(batch, random);
          case MIXUP -> composeMixup(batch, random);
          case HARD -> composeFake(batch, hard, slot, random);
          case SOFT -> composeFake(batch, soft, slot, random);
        }
        batch.put(from + slot);
      }
    }
  }

  private void composeReal(Batch batch, RandomGenerator random) {
    int index = random.nextInt(data.count());
    data.readImage(index, batch.image(), 0);
    Arrays.fill(batch.row(), 0);
    batch.row()[data.label(index)] = 1;
  }

  /**
   * {@code m x_a + (1 - m) x_b} with {@code m ~ Beta(alpha, alpha)} (Zhang et al., "mixup", 2018).
   */
  private void composeMixup(Batch batch, RandomGenerator random) {
    composeReal(batch, random);
    int other = random.nextInt(data.count());
    data.readImage(other, partner, 0);
    float share = mixupShare(random);
    float[] image = batch.image();
    for (int element = 0; element < image.length; element++) {
      image[element] = share * image[element] + (1 - share) * partner[element];
    }
    float[] row = batch.row();
    for (int k = 0; k < row.length; k++) {
      row[k] *= share;
    }
    row[data.label(other)] += 1 - share;
  }

  private float mixupShare(RandomGenerator random) {
    double uniform = random.nextDouble();
    boolean isUniform = mixupAlpha == 1;
    return (float)
        (isUniform
            ? uniform
            : new BetaDistribution(null, mixupAlpha, mixupAlpha)
                .inverseCumulativeProbability(uniform));
  }

  private static void composeFake(Batch batch, FakePool pool, int slot, RandomGenerator random) {
    int index = pool.choose(slot, random);
    pool.readImage(index, batch.image(), 0);
    pool.readWeights(index, batch.row(), 0);
  }
}
