package org.stic.bench;

import org.stic.bench.Bench07Convolution.Pass;
import org.stic.kernels.ConvolutionShape;

/**
 * The last element of each of a convolution's three products, in double precision by definition.
 */
final class ConvolutionReference {
  private final ConvolutionShape shape;
  private final float[] input;
  private final float[] filter;
  private final float[] output;

  /** Holds x[n, c, h, w], f[k, c, r, s] and y[n, k, p, q]. */
  ConvolutionReference(ConvolutionShape shape, float[] input, float[] filter, float[] output) {
    this.shape = shape;
    this.input = input;
    this.filter = filter;
    this.output = output;
  }

  double lastElement(Pass pass) {
    return switch (pass) {
      case FORWARD -> lastOutput();
      case BACKWARD_DATA -> lastInputGradient();
      case BACKWARD_FILTER -> lastFilterGradient();
    };
  }

  private double lastOutput() {
    int top = (shape.outputHeight() - 1) * shape.stride() - shape.padding();
    int left = (shape.outputWidth() - 1) * shape.stride() - shape.padding();
    double sum = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int r = 0; r < shape.filterHeight(); r++) {
        for (int s = 0; s < shape.filterWidth(); s++) {
          sum += x(shape.images() - 1, c, top + r, left + s) * f(shape.filters() - 1, c, r, s);
        }
      }
    }
    return sum;
  }

  private double lastInputGradient() {
    double sum = 0;
    for (int k = 0; k < shape.filters(); k++) {
      for (int p = 0; p < shape.outputHeight(); p++) {
        for (int q = 0; q < shape.outputWidth(); q++) {
          int r = shape.height() - 1 + shape.padding() - p * shape.stride();
          int s = shape.width() - 1 + shape.padding() - q * shape.stride();
          sum += y(shape.images() - 1, k, p, q) * f(k, shape.channels() - 1, r, s);
        }
      }
    }
    return sum;
  }

  private double lastFilterGradient() {
    int down = shape.filterHeight() - 1 - shape.padding();
    int right = shape.filterWidth() - 1 - shape.padding();
    double sum = 0;
    for (int n = 0; n < shape.images(); n++) {
      for (int p = 0; p < shape.outputHeight(); p++) {
        for (int q = 0; q < shape.outputWidth(); q++) {
          int h = p * shape.stride() + down;
          int w = q * shape.stride() + right;
          sum += y(n, shape.filters() - 1, p, q) * x(n, shape.channels() - 1, h, w);
        }
      }
    }
    return sum;
  }

  private double x(int n, int c, int h, int w) {
    return at(input, n * shape.channels() + c, h, w, shape.height(), shape.width());
  }

  private double f(int k, int c, int r, int s) {
    int plane = k * shape.channels() + c;
    return at(filter, plane, r, s, shape.filterHeight(), shape.filterWidth());
  }

  private double y(int n, int k, int p, int q) {
    int plane = n * shape.filters() + k;
    return at(output, plane, p, q, shape.outputHeight(), shape.outputWidth());
  }

  /** An element of a plane; 0 outside it. */
  private static double at(float[] planes, int plane, int row, int column, int rows, int columns) {
    boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
    return inside ? planes[(plane * rows + row) * columns + column] : 0;
  }
}
