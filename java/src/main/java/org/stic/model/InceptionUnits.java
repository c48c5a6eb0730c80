package org.stic.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.graph.Shape;

/** Lists the convolutions of {@link InceptionBody} with the shapes of their filters. */
final class InceptionUnits implements InceptionLayers<Integer> {
  private final Map<String, Shape> filters = new LinkedHashMap<>();

  private InceptionUnits() {}

  /** Filter shapes [filters, channels, height, width] by the names of the convolutions. */
  static Map<String, Shape> all() {
    InceptionUnits units = new InceptionUnits();
    new InceptionBody<>(units, false).apply(3);
    return units.filters;
  }

  @Override
  public Integer convolution(
      Integer channels,
      String name,
      int count,
      int height,
      int width,
      int stride,
      boolean isPadded) {
    filters.put(name, Shape.of(count, channels, height, width));
    return count;
  }

  @Override
  public Integer largest(Integer channels, int stride, boolean isPadded) {
    return channels;
  }

  @Override
  public Integer mean(Integer channels, boolean countsPadding) {
    return channels;
  }

  @Override
  public Integer join(List<Integer> parts) {
    return parts.stream().mapToInt(Integer::intValue).sum();
  }
}
