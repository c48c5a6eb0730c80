package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.stic.cuda.Device;

/**
 * What measured. Results of different devices are never compared.
 *
 * @param name the device's name, as its driver states it
 * @param kind whether it is a GPU
 * @param driver the CUDA version of the driver, and the driver's own where it states one
 * @param processor model of the host's processor
 * @param threads of the host's processor that the measured program used
 */
public record DeviceIdentity(String name, Kind kind, String driver, String processor, int threads) {

  /** Where kernels run. */
  public enum Kind {
    /** Through the CPU's CUDA driver. */
    @JsonProperty("cpu")
    CPU,
    @JsonProperty("gpu")
    GPU
  }

  public DeviceIdentity {
    Require.text("name", name);
    Require.present("kind", kind);
    Require.text("driver", driver);
    Require.text("processor", processor);
    Require.count("threads", threads);
  }

  /** An open device on this machine. */
  public static DeviceIdentity of(Device device) {
    return new DeviceIdentity(
        device.name(),
        device.isGpu() ? Kind.GPU : Kind.CPU,
        "CUDA " + device.properties().cudaVersion(),
        HostProcessor.model(),
        HostProcessor.threads());
  }

  /** The device's folder below that of all results, such as {@code nvidia-h200}. */
  @JsonIgnore
  public String folder() {
    String words =
        kind == Kind.GPU
            ? name
            : "%s-%d-threads".formatted(processor.replaceFirst(" @ .*", ""), threads);
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** Whether a result of the other device may be set beside one of this. */
  boolean isComparableWith(DeviceIdentity other) {
    return kind == other.kind
        && name.equals(other.name)
        && threads == other.threads
        && (kind == Kind.GPU || processor.equals(other.processor));
  }

  @Override
  public String toString() {
    return kind == Kind.GPU ? name : "%s, threads: %d".formatted(processor, threads);
  }
}
