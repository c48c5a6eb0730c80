package org.stic.bench;

import org.stic.bench.Bench07Convolution.Pass;
import org.stic.kernels.ConvolutionShape;

/** Elements of each of a convolution's three products, in double precision by definition. */
public final class ConvolutionReference {
  private final ConvolutionShape shape;
  private final float[] input;
  private final float[] filter;
  private final float[] output;

  /** Holds x[n, c, h, w], f[k, c, r, s] and y[n, k, p, q]. */
  public ConvolutionReference(
      ConvolutionShape shape, float[] input, float[] filter, float[] output) {
    this.shape = shape;
    this.input = input;
    this.filter = filter;
    this.output = output;
  }

  double lastElement(Pass pass) {
    return element(pass, Math.toIntExact(elements(pass) - 1));
  }

  /** How many elements the product of a pass has. */
  public long elements(Pass pass) {
    return switch (pass) {
      case FORWARD -> shape.outputElements();
      case BACKWARD_DATA -> shape.inputElements();
      case BACKWARD_FILTER -> shape.filterElements();
    };
  }

  /** An element of the product of a pass, counted in row-major order. */
  public double element(Pass pass, int index) {
    return switch (pass) {
      case FORWARD -> output(at(index, shape.filters(), shape.outputHeight(), shape.outputWidth()));
      case BACKWARD_DATA ->
          inputGradient(at(index, shape.channels(), shape.height(), shape.width()));
      case BACKWARD_FILTER ->
          filterGradient(at(index, shape.channels(), shape.filterHeight(), shape.filterWidth()));
    };
  }

  /** A place in a tensor of four axes. */
  private record Place(int first, int second, int row, int column) {}

  private static Place at(int index, int second, int rows, int columns) {
    int plane = index / (rows * columns);
    return new Place(plane / second, plane % second, index / columns % rows, index % columns);
  }

  private double output(Place y) {
    int top = y.row() * shape.stride() - shape.padding();
    int left = y.column() * shape.stride() - shape.padding();
    double sum = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int r = 0; r < shape.filterHeight(); r++) {
        for (int s = 0; s < shape.filterWidth(); s++) {
          sum += x(y.first(), c, top + r, left + s) * f(y.second(), c, r, s);
        }
      }
    }
    return sum;
  }

  private double inputGradient(Place x) {
    double sum = 0;
    for (int k = 0; k < shape.filters(); k++) {
      for (int p = 0; p < shape.outputHeight(); p++) {
        for (int q = 0; q < shape.outputWidth(); q++) {
          int r = x.row() + shape.padding() - p * shape.stride();
          int s = x.column() + shape.padding() - q * shape.stride();
          sum += y(x.first(), k, p, q) * f(k, x.second(), r, s);
        }
      }
    }
    return sum;
  }

  private double filterGradient(Place f) {
    int down = f.row() - shape.padding();
    int right = f.column() - shape.padding();
    double sum = 0;
    for (int n = 0; n < shape.images(); n++) {
      for (int p = 0; p < shape.outputHeight(); p++) {
        for (int q = 0; q < shape.outputWidth(); q++) {
          int h = p * shape.stride() + down;
          int w = q * shape.stride() + right;
          sum += y(n, f.first(), p, q) * x(n, f.second(), h, w);
        }
      }
    }
    return sum;
  }

  private double x(int n, int c, int h, int w) {
    return value(input, n * shape.channels() + c, h, w, shape.height(), shape.width());
  }

  private double f(int k, int c, int r, int s) {
    int plane = k * shape.channels() + c;
    return value(filter, plane, r, s, shape.filterHeight(), shape.filterWidth());
  }

  private double y(int n, int k, int p, int q) {
    int plane = n * shape.filters() + k;
    return value(output, plane, p, q, shape.outputHeight(), shape.outputWidth());
  }

  /** An element of a plane; 0 outside it. */
  private static double value(
      float[] planes, int plane, int row, int column, int rows, int columns) {
    boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
    return inside ? planes[(plane * rows + row) * columns + column] : 0;
  }
}
