package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** One random shift of all images of a batch; kernels/sampler/circular_shift.cu. */
public final class CircularShift {

  private CircularShift() {}

  /**
   * {@code output[m, y, x] = input[m, (y - sign dy) mod height, (x - sign dx) mod width]} with dy
   * and dx uniform on {@code {-reach .. reach}}, a function of the seed and the counter alone.
   *
   * @param output floats [maps, height, width]; not the input
   * @param input floats [maps, height, width]
   * @param counter unsigned int [1] on the device: the step
   * @param reach largest shift in pixels, below height and width
   * @param sign 1 to shift, -1 to shift back
   */
  public static KernelCall shift(
      long output,
      long input,
      long counter,
      int maps,
      int height,
      int width,
      int reach,
      int sign,
      long seed) {
    if (reach < 0 || reach >= Math.min(height, width) || Math.abs(sign) != 1) {
      throw new IllegalArgumentException(
          "images of %d x %d cannot be shifted by up to %d pixels in direction %d"
              .formatted(height, width, reach, sign));
    }
    long n = Sizes.product("maps", maps, "pixels", Math.multiplyExact(height, width));
    return new KernelCall(
        "circular_shift",
        maps,
        1,
        1,
        List.of(
            pointer(output),
            pointer(input),
            pointer(counter),
            integer(height),
            integer(width),
            integer(reach),
            integer(sign),
            longInteger(seed)),
        Cost.ofFloats(2 * n, 0));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "circular_shift",
            "sampler",
            "out[m, y, x] = in[m, y - dy, x - dx] around the edges, dy and dx by (seed, counter)",
            "8 n B, 0",
            terms -> Tolerance.EXACT));
  }
}
