package org.stic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.stic.data.FeistelPermutation;
import org.stic.data.ImageDataset;
import org.stic.objective.BatchPart;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.FeedSettings;
import org.stic.settings.ImageOrder;

/**
 * Decides on the real images and mixup images of an update, and adds drawings. Each choice comes
 * from the update's key, so a batch is a pure function of that key and of the pools' content.
 */
final class BatchComposer {
  private final ImageDataset data;
  private final BatchSettings settings;
  private final FeedSettings feed;
  private final double mixupAlpha;
  private final FakePool hard;
  private final FakePool soft;

  BatchComposer(
      ImageDataset data,
      BatchSettings settings,
      FeedSettings feed,
      double mixupAlpha,
      FakePool hard,
      FakePool soft) {
    this.data = data;
    this.settings = settings;
    this.feed = feed;
    this.mixupAlpha = mixupAlpha;
    this.hard = hard;
    this.soft = soft;
  }

  /** One real image, in the view that is shown. */
  private record Shown(int index, View view) {}

  /**
   * A place of the batch: the first image, or a mixture of both.
   *
   * @param second null for a real image
   * @param uniform a number in [0, 1) that decides on the share of the first image in a mixture
   */
  private record Slot(int place, Shown first, Shown second, double uniform) {}

  /** The real part of a batch, and the generator that goes on to choose its drawings. */
  final class Draft implements BatchFeed.Draft {
    private final RandomGenerator random;
    private final List<Slot> slots = new ArrayList<>();

    private Draft(RandomKey key) {
      random = key.generator();
      int perUpdate = settings.real() + 2 * settings.mixup();
      Choice choice = new Choice(key, (long) key.second() * perUpdate, random);
      for (BatchPart part : List.of(BatchPart.REAL, BatchPart.MIXUP)) {
        for (int slot = 0; slot < part.count(settings); slot++) {
          int place = part.from(settings) + slot;
          slots.add(part == BatchPart.REAL ? real(place, choice) : mixup(place, choice));
        }
      }
    }

    private Slot real(int place, Choice choice) {
      return new Slot(place, choice.next(), null, 0);
    }

    private Slot mixup(int place, Choice choice) {
      return new Slot(place, choice.next(), choice.next(), random.nextDouble());
    }

    /** Images that have to be decoded are parts of their own. */
    @Override
    public int parts() {
      return data.isCostly() ? slots.size() : 1;
    }

    @Override
    public void fill(int part, Batch batch) {
      for (int index = part; index < slots.size(); index += parts()) {
        compose(slots.get(index), batch);
      }
    }
  }

  /** Chooses one real image after another. */
  private final class Choice {
    private final RandomKey key;
    private final RandomGenerator random;
    private long position;

    Choice(RandomKey key, long position, RandomGenerator random) {
      this.key = key;
      this.position = position;
      this.random = random;
    }

    Shown next() {
      int index =
          feed.order() == ImageOrder.DRAWN ? random.nextInt(data.count()) : shuffled(position++);
      return new Shown(index, View.draw(feed, random));
    }

    private int shuffled(long position) {
      long epoch = position / data.count();
      long seed = key.seed() + ((long) key.purpose().code() << Integer.SIZE);
      int place = (int) (position % data.count());
      return new FeistelPermutation(data.count(), seed, epoch).at(place);
    }
  }

  /** Decides on the real images of an update. */
  Draft draft(RandomKey key) {
    return new Draft(key);
  }

  /** Adds drawings to a batch whose real part was filled from the draft. */
  void addDrawings(BatchFeed.Filled<Draft> filled) {
    RandomGenerator random = filled.draft().random;
    addDrawings(BatchPart.HARD, hard, filled.batch(), random);
    addDrawings(BatchPart.SOFT, soft, filled.batch(), random);
  }

  private void addDrawings(BatchPart part, FakePool pool, Batch batch, RandomGenerator random) {
    float[] image = new float[data.shape().elements()];
    float[] row = new float[data.classNames().size()];
    for (int slot = 0; slot < part.count(settings); slot++) {
      int index = pool.choose(slot, random);
      pool.readImage(index, image, 0);
      pool.readWeights(index, row, 0);
      batch.put(part.from(settings) + slot, image, row);
    }
  }

  private void compose(Slot slot, Batch batch) {
    float[] image = read(slot.first());
    float[] row = new float[data.classNames().size()];
    row[data.label(slot.first().index())] = 1;
    if (slot.second() != null) {
      mix(slot, image, row);
    }
    batch.put(slot.place(), image, row);
  }

  /**
   * {@code m x_a + (1 - m) x_b} with {@code m ~ Beta(alpha, alpha)} (Zhang et al., "mixup", 2018).
   */
  private void mix(Slot slot, float[] image, float[] row) {
    float share = mixupShare(slot.uniform());
    float[] partner = read(slot.second());
    for (int element = 0; element < image.length; element++) {
      image[element] = share * image[element] + (1 - share) * partner[element];
    }
    row[data.label(slot.first().index())] = share;
    row[data.label(slot.second().index())] += 1 - share;
  }

  private float[] read(Shown shown) {
    float[] image = new float[data.shape().elements()];
    data.readImage(shown.index(), image, 0);
    return shown.view().of(image, data.shape());
  }

  private float mixupShare(double uniform) {
    boolean isUniform = mixupAlpha == 1;
    return (float)
        (isUniform
            ? uniform
            : new BetaDistribution(null, mixupAlpha, mixupAlpha)
                .inverseCumulativeProbability(uniform));
  }
}
