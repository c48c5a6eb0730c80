package org.stic.graph;

import java.util.Arrays;
import org.stic.graph.op.AveragePoolGradientOp;
import org.stic.graph.op.AveragePoolOp;
import org.stic.graph.op.GramDifferenceOp;
import org.stic.graph.op.GramDistanceGradientOp;
import org.stic.graph.op.GramGradientOp;
import org.stic.graph.op.GramOp;
import org.stic.graph.op.MatrixProductOp;
import org.stic.kernels.ConvolutionShape;

/** The linear and bilinear operations in double precision, as loops over their definitions. */
final class ReferenceLinear {

  private ReferenceLinear() {}

  static double[] product(MatrixProductOp op, double[] a, double[] b) {
    Shape shape = op.shape();
    int rows = shape.dim(-2);
    int columns = shape.dim(-1);
    int inner = op.a().shape().dim(op.transposeA() ? -2 : -1);
    double[] c = new double[shape.intElements()];
    for (int i = 0; i < c.length; i++) {
      int item = i / (rows * columns);
      int row = i / columns % rows;
      int column = i % columns;
      int startA = op.a().shape().rank() == 2 ? 0 : item * rows * inner;
      int startB = op.b().shape().rank() == 2 ? 0 : item * inner * columns;
      for (int k = 0; k < inner; k++) {
        double left = a[startA + (op.transposeA() ? k * rows + row : row * inner + k)];
        double right = b[startB + (op.transposeB() ? column * inner + k : k * columns + column)];
        c[i] += op.scale() * left * right;
      }
    }
    return c;
  }

  /**
   * Receives every term of a convolution: index of the output, of the image and of the filter that
   * meet in it.
   */
  private interface Term {
    void at(int output, int image, int filter);
  }

  private static void terms(ConvolutionShape s, Term term) {
    int output = 0;
    for (int n = 0; n < s.images(); n++) {
      for (int k = 0; k < s.filters(); k++) {
        for (int y = 0; y < s.outputHeight(); y++) {
          for (int x = 0; x < s.outputWidth(); x++) {
            window(
                s,
                n,
                k,
                y * s.stride() - s.padding(),
                x * s.stride() - s.padding(),
                output++,
                term);
          }
        }
      }
    }
  }

  private static void window(
      ConvolutionShape s, int n, int k, int top, int left, int output, Term term) {
    for (int c = 0; c < s.channels(); c++) {
      for (int r = 0; r < s.filterHeight(); r++) {
        for (int q = 0; q < s.filterWidth(); q++) {
          int y = top + r;
          int x = left + q;
          if (y >= 0 && y < s.height() && x >= 0 && x < s.width()) {
            int image = ((n * s.channels() + c) * s.height() + y) * s.width() + x;
            term.at(
                output,
                image,
                ((k * s.channels() + c) * s.filterHeight() + r) * s.filterWidth() + q);
          }
        }
      }
    }
  }

  static double[] convolution(ConvolutionShape s, double[] input, double[] filter, double[] bias) {
    int plane = s.outputHeight() * s.outputWidth();
    double[] output = new double[s.images() * s.filters() * plane];
    for (int i = 0; bias != null && i < output.length; i++) {
      output[i] = bias[i / plane % s.filters()];
    }
    terms(s, (o, i, f) -> output[o] += input[i] * filter[f]);
    return output;
  }

  static double[] dataGradient(ConvolutionShape s, double[] outputGradient, double[] filter) {
    double[] gradient = new double[s.images() * s.channels() * s.height() * s.width()];
    terms(s, (o, i, f) -> gradient[i] += outputGradient[o] * filter[f]);
    return gradient;
  }

  static double[] filterGradient(ConvolutionShape s, double[] outputGradient, double[] input) {
    double[] gradient = new double[s.filters() * s.channels() * s.filterHeight() * s.filterWidth()];
    terms(s, (o, i, f) -> gradient[f] += outputGradient[o] * input[i]);
    return gradient;
  }

  /** Average pooling is the convolution of each plane with a filter of equal weights. */
  private static ConvolutionShape planes(Shape images, int window, int stride, int padding) {
    return new ConvolutionShape(
        images.dim(0) * images.dim(1),
        1,
        images.dim(2),
        images.dim(3),
        1,
        window,
        window,
        stride,
        padding);
  }

  private static double[] weights(int window) {
    double[] weights = new double[window * window];
    Arrays.fill(weights, 1.0 / weights.length);
    return weights;
  }

  static double[] averagePool(AveragePoolOp op, double[] input) {
    ConvolutionShape planes = planes(op.input().shape(), op.window(), op.stride(), op.padding());
    return convolution(planes, input, weights(op.window()), null);
  }

  static double[] averagePoolGradient(AveragePoolGradientOp op, double[] outputGradient) {
    ConvolutionShape planes = planes(op.shape(), op.window(), op.stride(), op.padding());
    return dataGradient(planes, outputGradient, weights(op.window()));
  }

  static double[] gram(GramOp op, double[] features) {
    int channels = op.shape().dim(1);
    int positions = features.length / op.shape().dim(0) / channels;
    double[] gram = new double[op.shape().intElements()];
    for (int i = 0; i < gram.length; i++) {
      int item = i / (channels * channels);
      int first = (item * channels + i / channels % channels) * positions;
      int second = (item * channels + i % channels) * positions;
      for (int p = 0; p < positions; p++) {
        gram[i] += op.scale() * features[first + p] * features[second + p];
      }
    }
    return gram;
  }

  static double[] gramGradient(GramGradientOp op, double[] d, double[] features) {
    int channels = op.shape().dim(1);
    int positions = features.length / op.shape().dim(0) / channels;
    double[] gradient = new double[features.length];
    for (int i = 0; i < gradient.length; i++) {
      int item = i / positions / channels;
      int row = i / positions % channels;
      for (int c = 0; c < channels; c++) {
        double both =
            d[(item * channels + row) * channels + c] + d[(item * channels + c) * channels + row];
        gradient[i] +=
            op.scale() * both * features[(item * channels + c) * positions + i % positions];
      }
    }
    return gradient;
  }

  /** Squared norms of all differences, then the halves on and above the diagonal. */
  static double[] gramDifference(GramDifferenceOp op, double[] features, double[] target) {
    double[] gram = gram(new GramOp(op.features(), op.scale()), features);
    int channels = op.target().shape().dim(1);
    int images = op.target().shape().dim(0);
    double[] result = new double[op.shape().intElements()];
    int half = images;
    for (int row = 0; row < images * channels; row++) {
      for (int column = row % channels; column < channels; column++) {
        int element = row * channels + column;
        double difference = gram[element] - target[element];
        result[half++] = difference;
        result[row / channels] += (column == row % channels ? 1 : 2) * difference * difference;
      }
    }
    return result;
  }

  static double[] gramDistanceGradient(
      GramDistanceGradientOp op, double[] upstream, double[] difference, double[] x) {
    float scale = ((GramDifferenceOp) op.difference().operation()).scale();
    int images = op.shape().dim(0);
    int channels = op.shape().dim(1);
    double[] matrices = new double[images * channels * channels];
    int half = images;
    for (int row = 0; row < images * channels; row++) {
      for (int column = row % channels; column < channels; column++) {
        int mirrored = (row / channels * channels + column) * channels + row % channels;
        double value = 2 * scale * upstream[row / channels] * difference[half++];
        matrices[row * channels + column] = value;
        matrices[mirrored] = value;
      }
    }
    Tensor gram = new GramOp(op.x(), 1).node();
    return gramGradient(new GramGradientOp(gram, op.x(), 1), matrices, x);
  }
}
