package org.stic.cuda;

import java.util.Arrays;
import java.util.Locale;

/** Whose code computes dense products and convolutions. */
public enum Provider {
  /** This program's kernels. */
  KERNELS,
  /** NVIDIA's cuBLAS and cuDNN; everything else stays with this program's kernels. */
  VENDOR;

  /**
   * Reads the value of {@code --provider}.
   *
   * @throws IllegalArgumentException naming the known values
   */
  public static Provider parse(String text) {
    return Arrays.stream(values())
        .filter(provider -> provider.flag().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown provider '%s': use one of kernels, vendor".formatted(text)));
  }

  /** The value as it is written on the command line. */
  public String flag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
