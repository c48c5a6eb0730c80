package org.stic.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * How a convolution's products run over images, taps and results: position (p, q) reads the image
 * from (firstRow + p stride, firstColumn + q stride) on, one pixel a tap, and writes (outRow + p
 * outStep, outColumn + q outStep). Forward all of it is one; the gradient by the data has stride^2
 * of them, the classes of pixels that meet the same taps, each with its taps in falling order.
 *
 * @param rows positions along a column of the image
 * @param columns positions along a row
 * @param channels terms under one tap
 * @param filters channels of the result
 */
record HopperSteps(
    int rows,
    int columns,
    int channels,
    int filters,
    int stride,
    int firstRow,
    int firstColumn,
    int tapRows,
    int tapColumns,
    int firstTap,
    int tapRowStep,
    int tapColumnStep,
    int outHeight,
    int outWidth,
    int outStep,
    int outRow,
    int outColumn) {

  static HopperSteps forward(ConvolutionShape s) {
    return new HopperSteps(
        s.outputHeight(),
        s.outputWidth(),
        s.channels(),
        s.filters(),
        s.stride(),
        -s.padding(),
        -s.padding(),
        s.filterHeight(),
        s.filterWidth(),
        0,
        s.filterWidth(),
        1,
        s.outputHeight(),
        s.outputWidth(),
        1,
        0,
        0);
  }

  /** One for each class that has pixels; one without taps writes zeros. */
  static List<HopperSteps> backwardData(ConvolutionShape s) {
    List<HopperSteps> classes = new ArrayList<>();
    for (int row = 0; row < s.stride(); row++) {
      Axis down = Axis.of(row, s.height(), s.filterHeight(), s.stride(), s.padding());
      for (int column = 0; column < s.stride(); column++) {
        Axis across = Axis.of(column, s.width(), s.filterWidth(), s.stride(), s.padding());
        if (down.count > 0 && across.count > 0) {
          classes.add(of(s, down, across));
        }
      }
    }
    return classes;
  }

  /** Where positions end, relative to an image's last row; an image has so many rows. */
  int lastRow(int height) {
    return firstRow + (rows - 1) * stride + 1 - height;
  }

  /** Where positions end, relative to an image's last column. */
  int lastColumn(int width) {
    return firstColumn + (columns - 1) * stride + 1 - width;
  }

  private static HopperSteps of(ConvolutionShape s, Axis down, Axis across) {
    int width = s.filterWidth();
    return new HopperSteps(
        down.count,
        across.count,
        s.filters(),
        s.channels(),
        1,
        down.first,
        across.first,
        down.taps,
        across.taps,
        down.lastTap * width + across.lastTap,
        -s.stride() * width,
        -s.stride(),
        s.height(),
        s.width(),
        s.stride(),
        down.origin,
        across.origin);
  }

  /**
   * One axis of a class, as ClassAxis in kernels/include/residue_class.cuh: pixels origin, origin +
   * stride, .. meet the taps remainder, remainder + stride, ..; of the output they read from first
   * on.
   */
  private record Axis(int origin, int count, int taps, int lastTap, int first) {
    static Axis of(int remainder, int size, int filter, int stride, int padding) {
      int origin = Math.floorMod(remainder - padding, stride);
      int count = Math.max(0, Math.ceilDiv(size - origin, stride));
      int taps = Math.max(0, Math.ceilDiv(filter - remainder, stride));
      int last = Math.max(0, taps - 1);
      int first = (origin + padding - remainder) / stride - last;
      return new Axis(origin, count, taps, taps == 0 ? 0 : remainder + stride * last, first);
    }
  }
}
