package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * A line of the table of goals: what is wanted, and which rows of results tell whether it is
 * reached.
 *
 * @param device where it is wanted
 * @param what is measured, in words
 * @param goal in words; empty where there is none
 * @param command that measures it
 * @param show how rows are summed up
 * @param benchmark class and method, or subject, of the rows
 * @param parameters that the rows have; others do not matter
 * @param kind how the rows were taken
 * @param quantity of the rows
 * @param peer beginning of the peer's name; empty without one
 */
record TableEntry(
    DeviceIdentity.Kind device,
    String what,
    String goal,
    String command,
    Show show,
    String benchmark,
    Map<String, String> parameters,
    RowKind kind,
    String quantity,
    String peer) {

  /** What a cell shows of its rows. */
  enum Show {
    /** Median and quartiles in the row's unit. */
    @JsonProperty("value")
    VALUE,
    /** How many times as fast as the peer; of several rows the geometric mean and the least. */
    @JsonProperty("ratio")
    RATIO,
    /** 10^9 bytes a second. */
    @JsonProperty("bandwidth")
    BANDWIDTH,
    /** 10^9 operations a second. */
    @JsonProperty("arithmetic")
    ARITHMETIC,
    /** Per cent of the ceiling that limits the row. */
    @JsonProperty("share")
    SHARE
  }

  TableEntry {
    Require.present("device", device);
    Require.text("what", what);
    goal = goal == null ? "" : goal;
    Require.text("command", command);
    Require.present("show", show);
    Require.text("benchmark", benchmark);
    parameters = parameters == null ? Map.of() : Require.texts("parameters", parameters);
    Require.present("kind", kind);
    quantity = quantity == null ? Row.TIME : quantity;
    peer = peer == null ? "" : peer;
    if ((show == Show.RATIO) != (kind == RowKind.PEER_RATIO)) {
      throw new IllegalArgumentException("'show' is ratio for the kind peer-ratio and only there");
    }
  }

  /** Whether a row belongs to this line. */
  boolean takes(Row row) {
    return row.kind() == kind
        && row.benchmark().equals(benchmark)
        && row.quantity().equals(quantity)
        && row.parameters().entrySet().containsAll(parameters.entrySet())
        && row.otherProgram().map(Peer::name).orElse("").startsWith(peer);
  }
}
