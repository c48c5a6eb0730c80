package org.stic.bench.result;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stic.kernels.Cost;

/** Puts a {@link Row} together; what is not said has the value that {@link Row#of} names. */
public final class RowBuilder {
  private final String benchmark;
  private final Map<String, String> parameters;
  private final RowKind kind;
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private String kernel = "";
  private String quantity = Row.TIME;
  private String unit = "s";
  private Better better = Better.LOWER;
  private List<Double> samples = List.of();
  private long discarded;
  private Cost cost = Cost.NONE;
  private Peer peer;

  RowBuilder(String benchmark, Map<String, String> parameters, RowKind kind) {
    this.benchmark = benchmark;
    this.parameters = parameters;
    this.kind = kind;
  }

  /** The kernel or operation whose part of the benchmark this is. */
  public RowBuilder kernel(String name) {
    kernel = name;
    return this;
  }

  /** What was measured, where it is not a time. */
  public RowBuilder quantity(String name, Better which) {
    quantity = name;
    better = which;
    return this;
  }

  /** The samples' unit, where it is not the second. */
  public RowBuilder unit(String name) {
    unit = name;
    return this;
  }

  /** All samples that count, in the order they were taken. */
  public RowBuilder samples(List<Double> values) {
    samples = values;
    return this;
  }

  /** How many samples do not count. */
  public RowBuilder discarded(long count) {
    discarded = count;
    return this;
  }

  /** The work of one call, by its definition. */
  public RowBuilder work(Cost work) {
    cost = work;
    return this;
  }

  /** A reason to trust the samples less. */
  public RowBuilder flag(Flag reason) {
    flags.add(reason);
    return this;
  }

  /** The program that was measured in turn. */
  public RowBuilder peer(Peer other) {
    peer = other;
    return this;
  }

  /**
   * The row.
   *
   * @throws IllegalArgumentException if it contradicts itself, see {@link Row}
   */
  public Row build() {
    return new Row(
        benchmark,
        parameters,
        kernel,
        kind,
        quantity,
        unit,
        better,
        samples,
        discarded,
        cost.bytes(),
        cost.flops(),
        flags,
        peer);
  }
}
