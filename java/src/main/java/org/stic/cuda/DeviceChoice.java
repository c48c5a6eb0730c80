package org.stic.cuda;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which driver the user asks for. A driver asked for by name is had or refused, never replaced. */
public enum DeviceChoice {
  /** The GPU when one is usable, else the CPU. */
  AUTO,
  /** An NVIDIA GPU through the system's driver. */
  CUDA,
  /** The CPU through the driver that is built with this program. */
  CPU;

  /**
   * Reads the value of {@code --device}.
   *
   * @throws IllegalArgumentException naming the known values
   */
  public static DeviceChoice parse(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.flag().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown device '%s': use one of %s".formatted(text, knownFlags())));
  }

  /** The value as it is written on the command line. */
  public String flag() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String knownFlags() {
    return Arrays.stream(values()).map(DeviceChoice::flag).collect(Collectors.joining(", "));
  }
}
