package org.stic.graph;

import java.util.stream.IntStream;
import org.stic.kernels.UnaryFunction;

/**
 * A truncated Taylor series in double precision: arithmetic on it gives a function's derivatives
 * from the function's definition alone, which makes it an oracle for derivatives written out by
 * hand.
 */
final class Jet {

  private static final int ORDER = 4;

  /** Coefficients of the powers 0 to {@value #ORDER}. */
  private final double[] terms;

  private Jet(double... terms) {
    this.terms = terms;
  }

  /** The derivative of an order of an elementwise function. */
  static double derivative(UnaryFunction function, int order, double x) {
    double factorial = IntStream.rangeClosed(1, order).asDoubleStream().reduce(1, (a, b) -> a * b);
    return of(function, variable(x)).terms[order] * factorial;
  }

  private static Jet of(UnaryFunction function, Jet x) {
    return switch (function) {
      case IDENTITY -> x;
      case NEGATE -> x.times(-1);
      case ABSOLUTE -> x.value() > 0 ? x : x.times(-1);
      case SQUARE -> x.times(x);
      case SQUARE_ROOT -> x.sqrt();
      case RECIPROCAL -> constant(1).over(x);
      case EXPONENTIAL -> x.exp();
      case LOGARITHM -> x.log();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.times(2).sigmoid().times(2).plus(constant(-1));
      case SOFTPLUS -> x.exp().plus(constant(1)).log();
      case SILU -> x.times(x.sigmoid());
      case LEAKY_RELU -> x.value() > 0 ? x : x.times(0.2);
      case RELU -> x.value() > 0 ? x : x.times(0);
    };
  }

  private static Jet variable(double x) {
    double[] terms = new double[ORDER + 1];
    terms[0] = x;
    terms[1] = 1;
    return new Jet(terms);
  }

  private static Jet constant(double x) {
    double[] terms = new double[ORDER + 1];
    terms[0] = x;
    return new Jet(terms);
  }

  private double value() {
    return terms[0];
  }

  private Jet plus(Jet other) {
    return new Jet(
        IntStream.rangeClosed(0, ORDER).mapToDouble(n -> terms[n] + other.terms[n]).toArray());
  }

  private Jet times(double factor) {
    return new Jet(IntStream.rangeClosed(0, ORDER).mapToDouble(n -> factor * terms[n]).toArray());
  }

  private Jet times(Jet other) {
    double[] product = new double[ORDER + 1];
    for (int n = 0; n <= ORDER; n++) {
      for (int k = 0; k <= n; k++) {
        product[n] += terms[k] * other.terms[n - k];
      }
    }
    return new Jet(product);
  }

  private Jet over(Jet divisor) {
    double[] quotient = new double[ORDER + 1];
    for (int n = 0; n <= ORDER; n++) {
      quotient[n] = terms[n];
      for (int k = 0; k < n; k++) {
        quotient[n] -= quotient[k] * divisor.terms[n - k];
      }
      quotient[n] /= divisor.value();
    }
    return new Jet(quotient);
  }

  private Jet exp() {
    double[] result = new double[ORDER + 1];
    result[0] = Math.exp(value());
    for (int n = 1; n <= ORDER; n++) {
      for (int k = 1; k <= n; k++) {
        result[n] += k * terms[k] * result[n - k] / n;
      }
    }
    return new Jet(result);
  }

  private Jet log() {
    double[] result = new double[ORDER + 1];
    result[0] = Math.log(value());
    for (int n = 1; n <= ORDER; n++) {
      result[n] = terms[n];
      for (int k = 1; k < n; k++) {
        result[n] -= k * result[k] * terms[n - k] / n;
      }
      result[n] /= value();
    }
    return new Jet(result);
  }

  private Jet sqrt() {
    double[] result = new double[ORDER + 1];
    result[0] = Math.sqrt(value());
    for (int n = 1; n <= ORDER; n++) {
      result[n] = terms[n];
      for (int k = 1; k < n; k++) {
        result[n] -= result[k] * result[n - k];
      }
      result[n] /= 2 * result[0];
    }
    return new Jet(result);
  }

  private Jet sigmoid() {
    return constant(1).over(times(-1).exp().plus(constant(1)));
  }
}
