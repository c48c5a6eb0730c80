package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.stic.cuda.MathMode;
import org.stic.cuda.TensorMap;

/**
 * The launches of a convolution by the asynchronous copies and products of GPUs of capability 9.0
 * (kernels/hopper): operands are packed as bfloat16 with the channels innermost, then multiplied.
 *
 * @param shape the convolution
 * @param workspace device memory for the packed operands and partial sums, a multiple of {@link
 *     HopperWorkspace#ALIGNMENT}
 * @param blocks how many blocks share the tiles; results do not depend on it
 */
record HopperConvolution(ConvolutionShape shape, long workspace, int blocks) {
  static final String CONVOLUTION = "convolution_bf16_hopper_";
  static final String FILTER = "convolution_filter_bf16_hopper_";
  static final String FILTER_SUM = "convolution_filter_bf16_hopper_sum";
  static final String PACK_IMAGES = "pack_images_bf16";
  static final String PACK_FILTER = "pack_filter_bf16";

  /** Neighbours in depth of one copy, and rows of a tile. */
  private static final int DEPTH = 64;

  private static final int ROWS = 128;

  /** As Convolution.forward, by the kernel with this many columns. */
  List<KernelRung> forward(
      int width, long output, long input, long filter, long bias, long addend, float slope) {
    HopperWorkspace.Forward at = HopperWorkspace.forward(shape, workspace);
    int taps = shape.filterHeight() * shape.filterWidth();
    HopperSteps steps = HopperSteps.forward(shape);
    return List.of(
        packImages(at.images(), input, shape.channels(), shape.height() * shape.width()),
        packFilter(at.filter(), filter, shape.filters(), shape.channels(), shape.channels(), 1),
        convolution(
            width,
            steps,
            output,
            images(at.images(), shape.channels(), shape.height(), shape.width(), steps, ROWS),
            filters(at.filter(), shape.channels(), shape.filters(), taps, width),
            new long[] {bias, addend},
            slope));
  }

  /** As Convolution.backwardData, by the kernel with this many columns. */
  List<KernelRung> backwardData(int width, long inputGradient, long outputGradient, long filter) {
    HopperWorkspace.Forward at = HopperWorkspace.backwardData(shape, workspace);
    int pixels = shape.outputHeight() * shape.outputWidth();
    int taps = shape.filterHeight() * shape.filterWidth();
    List<KernelRung> launches = new ArrayList<>();
    launches.add(packImages(at.images(), outputGradient, shape.filters(), pixels));
    launches.add(
        packFilter(at.filter(), filter, shape.channels(), shape.filters(), 1, shape.channels()));
    TensorMap filters = filters(at.filter(), shape.filters(), shape.channels(), taps, width);
    for (HopperSteps steps : HopperSteps.backwardData(shape)) {
      TensorMap images =
          images(
              at.images(), shape.filters(), shape.outputHeight(), shape.outputWidth(), steps, ROWS);
      launches.add(convolution(width, steps, inputGradient, images, filters, new long[] {0, 0}, 1));
    }
    return launches;
  }

  /**
   * As Convolution.backwardFilter, by the kernel with this many columns.
   *
   * @param results filter-sized results to write: the gradient, then zeros
   */
  List<KernelRung> backwardFilter(
      int width, long filterGradient, long outputGradient, long input, int results) {
    HopperWorkspace.Filter at = HopperWorkspace.backwardFilter(shape, width, workspace);
    int pixels = Math.toIntExact(shape.pixels());
    int packed = HopperWorkspace.packed(shape.channels());
    int split = HopperWorkspace.pixelsPerSplit(shape, width);
    int splits = Math.ceilDiv(pixels, split);
    int taps = shape.filterHeight() * shape.filterWidth();
    HopperSteps steps = HopperSteps.forward(shape);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(pointer(at.partial()));
    arguments.add(
        new Argument.Copied(
            new TensorMap.Tiled(
                at.gradients(),
                List.of(HopperWorkspace.packed(shape.filters()), pixels),
                List.of(DEPTH, DEPTH))));
    arguments.add(
        new Argument.Copied(
            images(at.images(), shape.channels(), shape.height(), shape.width(), steps, DEPTH)));
    add(arguments, pixels, shape.outputHeight(), shape.outputWidth(), packed, shape.filters());
    add(arguments, shape.filterHeight(), shape.filterWidth(), shape.stride(), shape.padding());
    add(arguments, split);
    long tiles =
        (long) splits * taps * Math.ceilDiv(shape.filters(), ROWS) * Math.ceilDiv(packed, width);
    long elements = shape.filterElements() * results;
    int plane = shape.outputHeight() * shape.outputWidth();
    return List.of(
        packImages(at.gradients(), outputGradient, shape.filters(), plane),
        packImages(at.images(), input, shape.channels(), shape.height() * shape.width()),
        rung(FILTER + width, Math.min(tiles, blocks), 1, 1, arguments),
        rung(
            FILTER_SUM,
            elements,
            1,
            1,
            List.of(
                pointer(filterGradient),
                pointer(at.partial()),
                integer(shape.filters()),
                integer(shape.channels()),
                integer(packed),
                integer(taps),
                integer(splits),
                integer(results))));
  }

  static List<KernelDescription> kernels() {
    List<KernelDescription> kernels = new ArrayList<>();
    kernels.add(
        description(
            PACK_IMAGES, "packed[n, p, c] = bf16(x[n, c, p])", "6 |x| B, 0", _ -> Tolerance.EXACT));
    kernels.add(
        description(
            PACK_FILTER,
            "packed[t, i, j] = bf16(w[i, j, t]) or bf16(w[j, i, t])",
            "6 |w| B, 0",
            _ -> Tolerance.EXACT));
    String cost = "4 |y| + 2 (|x| + |w|) B, 2 |y| C R S";
    for (int width : HopperWorkspace.FORWARD_WIDTHS) {
      kernels.add(
          description(
              CONVOLUTION + width,
              "y[n, k, p, q] = f(bias[k] + addend[n, k, p, q] + sum x[n, p st + i, q st + j, c]"
                  + " w[t, k, c]) of packed bf16, the name ends in the tile's columns",
              cost,
              HopperConvolution::sum));
    }
    for (int width : HopperWorkspace.FILTER_WIDTHS) {
      kernels.add(
          description(
              FILTER + width,
              "partial[z, t, k, c] = sum dy[n, p, q, k] x[n, p st + r - pad, q st + s - pad, c] of"
                  + " packed bf16, the name ends in the tile's columns",
              cost,
              HopperConvolution::sum));
    }
    kernels.add(
        description(
            FILTER_SUM,
            "dw[k, c, t] = sum_z partial[z, t, k, c]",
            "4 (splits + 1) |w| B, splits |w|",
            HopperConvolution::sum));
    return kernels;
  }

  /** Twice the rounding of a plain sum: a tensor core rounds its own way. */
  private static Tolerance sum(long terms) {
    Tolerance plain = Tolerance.ofSum(terms);
    return new Tolerance(plain.absolute(), 2 * plain.relative());
  }

  private static KernelDescription description(
      String name, String formula, String cost, LongFunction<Tolerance> tolerance) {
    return new KernelDescription(name, "hopper", formula, cost, tolerance, true);
  }

  private KernelRung packImages(long packed, long images, int channels, int pixels) {
    int packedChannels = HopperWorkspace.packed(channels);
    return rung(
        PACK_IMAGES,
        pixels,
        packedChannels,
        shape.images(),
        List.of(
            pointer(packed),
            pointer(images),
            integer(channels),
            integer(packedChannels),
            integer(pixels)));
  }

  /** Rows and columns are counted in steps of so many filters' or channels' taps. */
  private KernelRung packFilter(
      long packed, long filter, int rows, int columns, int rowStep, int columnStep) {
    int taps = shape.filterHeight() * shape.filterWidth();
    int packedColumns = HopperWorkspace.packed(columns);
    return rung(
        PACK_FILTER,
        (long) taps * rows * packedColumns,
        1,
        1,
        List.of(
            pointer(packed),
            pointer(filter),
            integer(rows),
            integer(columns),
            integer(packedColumns),
            integer(taps),
            integer(rowStep * taps),
            integer(columnStep * taps)));
  }

  private KernelRung convolution(
      int width,
      HopperSteps s,
      long output,
      TensorMap images,
      TensorMap filters,
      long[] biasAndAddend,
      float slope) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(pointer(output));
    arguments.add(new Argument.Copied(images));
    arguments.add(new Argument.Copied(filters));
    arguments.add(pointer(biasAndAddend[0]));
    arguments.add(pointer(biasAndAddend[1]));
    add(arguments, shape.images(), s.rows(), s.columns(), s.channels(), s.filters());
    add(arguments, s.stride(), s.firstRow(), s.firstColumn(), s.tapRows(), s.tapColumns());
    add(arguments, s.firstTap(), s.tapRowStep(), s.tapColumnStep());
    add(arguments, s.outHeight(), s.outWidth(), s.outStep(), s.outRow(), s.outColumn());
    arguments.add(real(slope));
    long positions = (long) shape.images() * s.rows() * s.columns();
    long tiles = Math.ceilDiv(positions, (long) ROWS) * Math.ceilDiv(s.filters(), width);
    return rung(CONVOLUTION + width, Math.min(tiles, blocks), 1, 1, arguments);
  }

  private TensorMap images(
      long address, int channels, int height, int width, HopperSteps steps, int pixels) {
    return new TensorMap.Im2col(
        address,
        List.of(HopperWorkspace.packed(channels), width, height, shape.images()),
        List.of(steps.firstColumn(), steps.firstRow()),
        List.of(steps.lastColumn(width), steps.lastRow(height)),
        steps.stride(),
        DEPTH,
        pixels);
  }

  private static TensorMap filters(long address, int columns, int rows, int taps, int width) {
    return new TensorMap.Tiled(
        address, List.of(HopperWorkspace.packed(columns), rows, taps), List.of(DEPTH, width, 1));
  }

  private static void add(List<Argument> arguments, int... values) {
    for (int value : values) {
      arguments.add(integer(value));
    }
  }

  private static KernelRung rung(String kernel, long x, long y, long z, List<Argument> arguments) {
    return new KernelRung(kernel, MathMode.BF16, x, y, z, arguments, List.of());
  }
}
