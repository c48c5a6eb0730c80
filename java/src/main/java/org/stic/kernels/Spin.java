package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** Work of known duration, which clocks are tested against; kernels/measure/spin.cu. */
public final class Spin {

  private Spin() {}

  /**
   * One thread turns until the device's timer has moved by {@code nanoseconds}, then {@code spun[0]
   * = nanoseconds}.
   *
   * @param spun int [1] on the device
   * @param nanoseconds up to two seconds; a GPU's timer may step by a microsecond
   */
  public static KernelCall nanoseconds(long spun, int nanoseconds) {
    return new KernelCall(
        "spin",
        1,
        1,
        1,
        List.of(pointer(spun), integer(Sizes.positive("nanoseconds", nanoseconds))),
        new Cost(Integer.BYTES, 0));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "spin",
            "measure",
            "spun = nanoseconds, after as many",
            "4 B, 0",
            terms -> Tolerance.EXACT));
  }
}
