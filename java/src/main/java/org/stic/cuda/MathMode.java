package org.stic.cuda;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The arithmetic of dense products and convolutions. Tensors are single precision in memory and
 * sums are added in single precision in every mode; what differs is to which format a product's
 * factors are rounded.
 */
public enum MathMode {
  /** Single precision: 23 bits behind the point. The reference. */
  @JsonProperty("fp32")
  FP32("fp32"),
  /** TensorFloat-32: 10 bits behind the point, the exponents of single precision. */
  @JsonProperty("tf32")
  TF32("tf32"),
  /** bfloat16: 7 bits behind the point, the exponents of single precision. */
  @JsonProperty("bf16")
  BF16("bf16"),
  /**
   * Each factor as the sum of two TensorFloat-32 numbers, of whose four products the three larger
   * ones are added: nearly the accuracy of single precision.
   */
  @JsonProperty("3xtf32")
  TF32X3("3xtf32");

  private final String flag;

  MathMode(String flag) {
    this.flag = flag;
  }

  /**
   * Reads the value of {@code --math}.
   *
   * @throws IllegalArgumentException naming the known values
   */
  public static MathMode parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.flag.equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown arithmetic '%s': use one of %s".formatted(text, flags())));
  }

  /** The value as it is written on the command line and in settings. */
  public String flag() {
    return flag;
  }

  private static String flags() {
    return Arrays.stream(values()).map(MathMode::flag).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return flag;
  }
}
