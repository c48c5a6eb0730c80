package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One measured quantity of one benchmark with one choice of parameters.
 *
 * @param benchmark class and method, such as {@code Bench03MatrixProduct.product}
 * @param parameters of the benchmark by name
 * @param kernel or operation whose part of the benchmark this is; empty for the whole
 * @param kind how the samples were taken
 * @param quantity such as {@code time}
 * @param unit of the samples
 * @param better which of two values is the better one
 * @param samples all that count, in the order they were taken; none only where a peer is absent
 * @param discarded how many were taken but do not count, such as those of a throttled clock
 * @param bytes that the definition of the work must move; 0 where that says nothing
 * @param flops operations that the definition of the work needs; 0 where that says nothing
 * @param flags why the samples are to be trusted less
 * @param peer another program measured in turn; null for most kinds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
    String benchmark,
    Map<String, String> parameters,
    String kernel,
    RowKind kind,
    String quantity,
    String unit,
    Better better,
    List<Double> samples,
    long discarded,
    long bytes,
    long flops,
    Set<Flag> flags,
    Peer peer) {
  /** The quantity of most rows. */
  static final String TIME = "time";

  public Row {
    Require.text("benchmark", benchmark);
    parameters = Require.texts("parameters", parameters);
    Require.present("kernel", kernel);
    Require.present("kind", kind);
    Require.text("quantity", quantity);
    Require.present("unit", unit);
    Require.present("better", better);
    samples = Require.amounts("samples", samples);
    Require.count("discarded", discarded);
    Require.count("bytes", bytes);
    Require.count("flops", flops);
    Set<Flag> given = EnumSet.noneOf(Flag.class);
    given.addAll(Require.elements("flags", flags));
    flags = Collections.unmodifiableSet(given);
    requirePairs(kind, samples, peer);
  }

  private static void requirePairs(RowKind kind, List<Double> samples, Peer peer) {
    if ((kind == RowKind.PEER_RATIO) != (peer != null)) {
      throw new IllegalArgumentException(
          "'peer' belongs to rows of the kind peer-ratio, and each of them has one");
    }
    boolean absent = peer != null && peer.absent() != null;
    if (samples.isEmpty() && !absent) {
      throw new IllegalArgumentException("'samples' is empty");
    }
    if (peer != null && !absent && peer.samples().size() != samples.size()) {
      throw new IllegalArgumentException(
          "'samples' has %d values, but 'peer.samples' %d; they are pairs"
              .formatted(samples.size(), peer.samples().size()));
    }
  }

  /** Begins a row: of the whole benchmark, in seconds, without samples. */
  public static RowBuilder of(String benchmark, Map<String, String> parameters, RowKind kind) {
    return new RowBuilder(benchmark, parameters, kind);
  }

  /** The same with more reasons to trust it less. */
  Row withAlso(Set<Flag> reasons) {
    Set<Flag> all = EnumSet.noneOf(Flag.class);
    all.addAll(flags);
    all.addAll(reasons);
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
        bytes,
        flops,
        all,
        peer);
  }

  /** The other program, where there is one. */
  @JsonIgnore
  public Optional<Peer> otherProgram() {
    return Optional.ofNullable(peer);
  }

  /** Whether there are samples, and pairs of them where there is a peer. */
  @JsonIgnore
  public boolean isMeasured() {
    return !samples.isEmpty() && otherProgram().flatMap(Peer::reasonOfAbsence).isEmpty();
  }

  /** Whether the samples are seconds that calls took. */
  @JsonIgnore
  public boolean isTime() {
    return quantity.equals(TIME) && unit.equals("s");
  }

  /** The samples' distribution. */
  public Distribution distribution() {
    return Distribution.of(samples);
  }

  /** How many times as fast as the peer, pair by pair; more than 1 is faster. */
  public Distribution ratios() {
    return better == Better.LOWER
        ? Distribution.ratios(peer.samples(), samples)
        : Distribution.ratios(samples, peer.samples());
  }

  /** What makes a row the same row of another file. */
  public RowKey key() {
    String other = peer == null ? "" : peer.name();
    return new RowKey(benchmark, parameters, kernel, kind, quantity, other);
  }
}
