package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.ArrayList;
import java.util.List;

/**
 * Pooling over square windows; kernels/pool. Average: padding counts as zeros, and the divisor is
 * the window's area everywhere, so that it is linear with constant weights. Maximum: padding never
 * wins.
 */
public final class Pooling {

  private Pooling() {}

  /**
   * {@code output[p, y, x] = mean of input[p, y s - padding + dy, x s - padding + dx]} over dy, dx
   * below the window.
   *
   * @param output floats [planes, outputSize(height), outputSize(width)]
   * @param input floats [planes, height, width]
   * @param planes images times channels
   */
  public static KernelCall average(
      long output,
      long input,
      int planes,
      int height,
      int width,
      int window,
      int stride,
      int padding) {
    return call(
        "average_pool",
        List.of(pointer(output), pointer(input)),
        new Windows(planes, height, width, window, stride, padding),
        true);
  }

  /**
   * The transposed map: each input element gathers the gradients of the windows that cover it.
   *
   * @param inputGradient floats [planes, height, width]
   * @param outputGradient floats [planes, outputSize(height), outputSize(width)]
   * @param planes images times channels
   */
  public static KernelCall averageGradient(
      long inputGradient,
      long outputGradient,
      int planes,
      int height,
      int width,
      int window,
      int stride,
      int padding) {
    return call(
        "average_pool_gradient",
        List.of(pointer(inputGradient), pointer(outputGradient)),
        new Windows(planes, height, width, window, stride, padding),
        false);
  }

  /**
   * {@code output[p, o] = values[p, place of the largest element of input in window o]}; with the
   * input as values, maximum pooling.
   *
   * @param output floats [planes, outputSize(height), outputSize(width)]
   * @param values floats [planes, height, width]
   * @param input floats [planes, height, width]
   * @param planes images times channels
   * @param padding less than the window
   */
  public static KernelCall maximum(
      long output,
      long values,
      long input,
      int planes,
      int height,
      int width,
      int window,
      int stride,
      int padding) {
    return call(
        "max_pool",
        List.of(pointer(output), pointer(values), pointer(input)),
        new Windows(planes, height, width, window, stride, requireLess(padding, window)),
        true);
  }

  /**
   * The transposed map: the largest element of each window gathers the window's gradient.
   *
   * @param inputGradient floats [planes, height, width]
   * @param outputGradient floats [planes, outputSize(height), outputSize(width)]
   * @param input floats [planes, height, width], which says where the largest elements are
   * @param planes images times channels
   * @param padding less than the window
   */
  public static KernelCall maximumGradient(
      long inputGradient,
      long outputGradient,
      long input,
      int planes,
      int height,
      int width,
      int window,
      int stride,
      int padding) {
    return call(
        "max_pool_gradient",
        List.of(pointer(inputGradient), pointer(outputGradient), pointer(input)),
        new Windows(planes, height, width, window, stride, requireLess(padding, window)),
        false);
  }

  private static int requireLess(int padding, int window) {
    if (padding >= window) {
      throw new IllegalArgumentException(
          "maximum pooling needs a padding below its window %d, not %d".formatted(window, padding));
    }
    return padding;
  }

  /** Windows that fit into an axis of the given size with its padding. */
  public static int outputSize(int size, int window, int stride, int padding) {
    if (Sizes.positive("window", window) > size + 2 * Sizes.notNegative("padding", padding)) {
      throw new IllegalArgumentException(
          "window %d does not fit into size %d with padding %d".formatted(window, size, padding));
    }
    return (size + 2 * padding - window) / Sizes.positive("stride", stride) + 1;
  }

  private record Windows(int planes, int height, int width, int window, int stride, int padding) {}

  private static KernelCall call(
      String kernel, List<Argument> operands, Windows windows, boolean pools) {
    int outputHeight = outputSize(windows.height, windows.window, windows.stride, windows.padding);
    int outputWidth = outputSize(windows.width, windows.window, windows.stride, windows.padding);
    long area = Sizes.product("height", windows.height, "width", windows.width);
    long outputArea = (long) outputHeight * outputWidth;
    List<Argument> arguments = new ArrayList<>(operands);
    for (int size :
        new int[] {
          windows.height,
          windows.width,
          outputHeight,
          outputWidth,
          windows.window,
          windows.stride,
          windows.padding
        }) {
      arguments.add(integer(size));
    }
    return new KernelCall(
        kernel,
        Sizes.positive("planes", windows.planes),
        pools ? outputArea : area,
        1,
        arguments,
        Cost.ofFloats(
            windows.planes * (area * (operands.size() - 1) + outputArea),
            windows.planes * outputArea * windows.window * windows.window));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "average_pool",
            "pool",
            "out[p, y, x] = 1/w² sum in[p, y s - pad + dy, x s - pad + dx]",
            "4 (|in| + |out|) B, w² |out|",
            Tolerance::ofSum),
        new KernelDescription(
            "average_pool_gradient",
            "pool",
            "din[p, y, x] = 1/w² sum dout[p, oy, ox] over the windows that cover (y, x)",
            "4 (|in| + |out|) B, w² |out|",
            Tolerance::ofSum),
        new KernelDescription(
            "max_pool",
            "pool",
            "out[p, o] = values[p, place of the largest in[p, window o]]",
            "4 (2 |in| + |out|) B, w² |out|",
            terms -> Tolerance.EXACT),
        new KernelDescription(
            "max_pool_gradient",
            "pool",
            "din[p, i] = sum dout[p, o] over the windows whose largest element is in[p, i]",
            "4 (2 |in| + |out|) B, w² |out|",
            Tolerance::ofSum));
  }
}
