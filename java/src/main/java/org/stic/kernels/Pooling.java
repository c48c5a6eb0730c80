package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/**
 * Average pooling over square windows; kernels/pool/average_pool.cu. Padding counts as zeros, and
 * the divisor is the window's area everywhere, so that pooling is linear with constant weights.
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
    return call("average_pool", output, input, planes, height, width, window, stride, padding);
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
        inputGradient,
        outputGradient,
        planes,
        height,
        width,
        window,
        stride,
        padding);
  }

  /** Windows that fit into an axis of the given size with its padding. */
  public static int outputSize(int size, int window, int stride, int padding) {
    if (Sizes.positive("window", window) > size + 2 * Sizes.notNegative("padding", padding)) {
      throw new IllegalArgumentException(
          "window %d does not fit into size %d with padding %d".formatted(window, size, padding));
    }
    return (size + 2 * padding - window) / Sizes.positive("stride", stride) + 1;
  }

  private static KernelCall call(
      String kernel,
      long result,
      long operand,
      int planes,
      int height,
      int width,
      int window,
      int stride,
      int padding) {
    int outputHeight = outputSize(height, window, stride, padding);
    int outputWidth = outputSize(width, window, stride, padding);
    long area = Sizes.product("height", height, "width", width);
    long outputArea = (long) outputHeight * outputWidth;
    long results = kernel.equals("average_pool") ? outputArea : area;
    return new KernelCall(
        kernel,
        Sizes.positive("planes", planes),
        results,
        1,
        List.of(
            pointer(result),
            pointer(operand),
            integer(height),
            integer(width),
            integer(outputHeight),
            integer(outputWidth),
            integer(window),
            integer(stride),
            integer(padding)),
        Cost.ofFloats(planes * (area + outputArea), planes * outputArea * window * window));
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
            Tolerance::ofSum));
  }
}
