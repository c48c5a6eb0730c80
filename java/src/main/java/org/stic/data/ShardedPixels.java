package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Images in several pieces of memory, one piece after another. */
final class ShardedPixels implements PixelStore {
  private final List<PackedPixels> pieces;
  private final int[] ends;

  ShardedPixels(List<ShardSet.Shard> shards) {
    pieces = shards.stream().map(shard -> new PackedPixels(shard.shape(), shard.values())).toList();
    ends = pieces.stream().mapToInt(PackedPixels::count).toArray();
    Arrays.parallelPrefix(ends, Math::addExact);
  }

  @Override
  public ImageShape shape() {
    return pieces.getFirst().shape();
  }

  @Override
  public int count() {
    return ends[ends.length - 1];
  }

  @Override
  public MemorySegment image(int place) {
    int piece = 0;
    while (place >= ends[piece]) {
      piece++;
    }
    return pieces.get(piece).image(place - (piece == 0 ? 0 : ends[piece - 1]));
  }

  @Override
  public boolean isCostly() {
    return false;
  }

  @Override
  public Optional<String> identity() {
    return Optional.empty();
  }
}
