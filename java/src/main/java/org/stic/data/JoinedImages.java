package org.stic.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Several collections of pictures, one after another. */
final class JoinedImages implements EncodedImages {
  private final List<EncodedImages> parts;
  private final int[] ends;

  JoinedImages(List<? extends EncodedImages> parts) {
    this.parts = List.copyOf(parts);
    ends = parts.stream().mapToInt(EncodedImages::count).toArray();
    Arrays.parallelPrefix(ends, Math::addExact);
  }

  @Override
  public int count() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  public byte[] bytes(int place) throws IOException {
    int part = part(place);
    return parts.get(part).bytes(place - start(part));
  }

  @Override
  public String describe(int place) {
    int part = part(place);
    return parts.get(part).describe(place - start(part));
  }

  @Override
  public String fileName(int place) {
    int part = part(place);
    return parts.get(part).fileName(place - start(part));
  }

  @Override
  public String identity() {
    return parts.stream().map(EncodedImages::identity).collect(Collectors.joining("+"));
  }

  private int start(int part) {
    return part == 0 ? 0 : ends[part - 1];
  }

  /** The part that holds a place; empty parts hold none. */
  private int part(int place) {
    int found = Arrays.binarySearch(ends, place);
    int part = found < 0 ? -found - 1 : found + 1;
    while (ends[part] == start(part)) {
      part++;
    }
    return part;
  }
}
