package org.stic.graph;

import org.stic.graph.op.MaxPoolGradientOp;
import org.stic.graph.op.MaxPoolOp;
import org.stic.graph.op.PlaneDotOp;
import org.stic.graph.op.PlaneMomentsOp;

/** Statistics and maxima of feature maps in double precision, as loops over their definitions. */
final class ReferencePlanes {

  private ReferencePlanes() {}

  static double[] dot(PlaneDotOp op, double[] x, double[] y) {
    double[] sums = new double[op.shape().intElements()];
    int positions = x.length / sums.length;
    for (int i = 0; i < x.length; i++) {
      sums[i / positions] += x[i] * y[i];
    }
    return sums;
  }

  static double[] moments(PlaneMomentsOp op, double[] x) {
    int planes = op.shape().intElements() / 2;
    int positions = x.length / planes;
    double[] moments = new double[2 * planes];
    for (int i = 0; i < x.length; i++) {
      moments[i / positions] += x[i] / positions;
    }
    for (int i = 0; i < x.length; i++) {
      double difference = x[i] - moments[i / positions];
      moments[planes + i / positions] += difference * difference / positions;
    }
    return moments;
  }

  static double[] maxPool(MaxPoolOp op, double[] values, double[] images) {
    double[] pooled = new double[op.shape().intElements()];
    for (int o = 0; o < pooled.length; o++) {
      pooled[o] =
          values[
              largest(
                  op.images().shape(),
                  op.shape(),
                  op.window(),
                  op.stride(),
                  op.padding(),
                  o,
                  images)];
    }
    return pooled;
  }

  static double[] maxPoolGradient(MaxPoolGradientOp op, double[] upstream, double[] images) {
    double[] gradient = new double[images.length];
    for (int o = 0; o < upstream.length; o++) {
      gradient[
              largest(
                  op.shape(),
                  op.outputGradient().shape(),
                  op.window(),
                  op.stride(),
                  op.padding(),
                  o,
                  images)] +=
          upstream[o];
    }
    return gradient;
  }

  private static int largest(
      Shape in, Shape out, int window, int stride, int padding, int o, double[] images) {
    int plane = o / (out.dim(2) * out.dim(3));
    int top = o / out.dim(3) % out.dim(2) * stride - padding;
    int left = o % out.dim(3) * stride - padding;
    int best = -1;
    for (int y = Math.max(0, top); y < Math.min(in.dim(2), top + window); y++) {
      for (int x = Math.max(0, left); x < Math.min(in.dim(3), left + window); x++) {
        int place = (plane * in.dim(2) + y) * in.dim(3) + x;
        best = best < 0 || images[place] > images[best] ? place : best;
      }
    }
    return best;
  }
}
