package org.stic.bench.result;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What identifies a row in a file.
 *
 * @param benchmark class and method
 * @param parameters by name
 * @param kernel or operation; empty for the whole benchmark
 * @param kind how its samples were taken
 * @param quantity such as {@code time}
 * @param peer the other program's name; empty without one
 */
public record RowKey(
    String benchmark,
    Map<String, String> parameters,
    String kernel,
    RowKind kind,
    String quantity,
    String peer)
    implements Comparable<RowKey> {
  private static final Comparator<RowKey> BY_TEXT = Comparator.comparing(RowKey::toString);

  /**
   * In one line, such as {@code Bench03MatrixProduct.product form=NN size=256 [host time]}; no two
   * keys have the same.
   */
  @Override
  public String toString() {
    String values =
        parameters.entrySet().stream()
            .map(entry -> " %s=%s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return "%s%s%s%s [%s %s]"
        .formatted(
            benchmark,
            values,
            kernel.isEmpty() ? "" : " in " + kernel,
            peer.isEmpty() ? "" : " against " + peer,
            kind.label(),
            quantity);
  }

  @Override
  public int compareTo(RowKey other) {
    return BY_TEXT.compare(this, other);
  }
}
