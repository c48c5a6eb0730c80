package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Decoded images in several mapped pieces; without test images, some are drawn. */
final class ShardSet implements OpenedSet {
  private final String title;
  private final List<String> classNames;
  private final List<Shard> train;
  private final List<Shard> test;

  /**
   * One piece.
   *
   * @param values all images, one after another
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Shard(ImageShape shape, MemorySegment values, int[] labels) {}

  ShardSet(String title, List<String> classNames, List<Shard> train, List<Shard> test) {
    this.title = title;
    this.classNames = classNames;
    this.train = List.copyOf(train);
    this.test = List.copyOf(test);
  }

  @Override
  public ImageDataset load(Split split, LoadOptions options) {
    ImageDataset own = ownSize(split, options.splitSeed());
    return options.imageSize() == 0 ? own : own.resized(options.imageSize());
  }

  private ImageDataset ownSize(Split split, long seed) {
    if (!test.isEmpty()) {
      return dataset(split, split == Split.TRAIN ? train : test);
    }
    ImageDataset all = dataset(split, train);
    int[] labels = IntStream.range(0, all.count()).map(all::label).toArray();
    boolean[] isTest = ClassOrder.drawTest(labels, classNames.size(), seed);
    boolean wanted = split == Split.TEST;
    return all.select(
        IntStream.range(0, isTest.length).filter(index -> isTest[index] == wanted).toArray());
  }

  private ImageDataset dataset(Split split, List<Shard> shards) {
    int[] labels = shards.stream().flatMapToInt(shard -> IntStream.of(shard.labels())).toArray();
    return new ImageDataset(title, split, classNames, new ShardedPixels(shards), labels);
  }
}
