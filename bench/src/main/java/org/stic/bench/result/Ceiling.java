package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the device can do at most, measured in the same run as the rows that it limits.
 *
 * @param kind what is limited
 * @param arithmetic of the products, such as {@code float32}; empty for copies
 * @param by what reached it, such as a kernel's or a library's name
 * @param samples of the rate, in the order they were taken: GB/s read and written together, or
 *     GFLOP/s
 */
public record Ceiling(Kind kind, String arithmetic, String by, List<Double> samples) {

  /** A limit of a roofline. */
  public enum Kind {
    /** Bytes a second between the device's memory and itself, the slanted roof. */
    @JsonProperty("copy")
    COPY("GB/s"),
    /** Operations a second of a large matrix product, a flat roof. */
    @JsonProperty("matrix")
    MATRIX("GFLOP/s");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    /** The unit of its rates. */
    public String unit() {
      return unit;
    }
  }

  public Ceiling {
    Require.present("kind", kind);
    Require.present("arithmetic", arithmetic);
    Require.text("by", by);
    samples = Require.amounts("samples", samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("'samples' is empty");
    }
  }

  /** The highest rate that was seen: a limit is what can be reached, not what is usual. */
  public double rate() {
    return Distribution.of(samples).maximum();
  }
}
