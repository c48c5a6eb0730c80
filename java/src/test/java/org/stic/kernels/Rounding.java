package org.stic.kernels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.stic.cuda.MathMode;

/** Rounding to the formats of tensor cores by decimal arithmetic: slow, and plain to see. */
final class Rounding {
  private static final int LEAST_EXPONENT = -126;

  private Rounding() {}

  /** The factor that a kernel multiplies instead of a value. */
  static float round(float value, MathMode math) {
    return switch (math) {
      case BF16 -> round(value, 7, RoundingMode.HALF_EVEN);
      case TF32 -> round(value, 10, RoundingMode.HALF_UP);
      case FP32, TF32X3 -> value;
    };
  }

  static float[] round(float[] values, MathMode math) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = round(values[i], math);
    }
    return rounded;
  }

  /** To so many bits behind the point; RoundingMode.HALF_UP takes ties away from zero. */
  private static float round(float value, int bits, RoundingMode ties) {
    if (!Float.isFinite(value) || value == 0) {
      return value;
    }
    int exponent = Math.max(Math.getExponent(value), LEAST_EXPONENT);
    double quantum = Math.scalb(1.0, exponent - bits);
    BigDecimal steps = new BigDecimal(value).divide(new BigDecimal(quantum), MathContext.UNLIMITED);
    double rounded = steps.setScale(0, ties).doubleValue() * quantum;
    return (float) Math.copySign(rounded, value);
  }
}
