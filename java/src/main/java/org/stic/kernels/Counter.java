package org.stic.kernels;

import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** A step counter on the device; kernels/sampler/increment_counter.cu. */
public final class Counter {

  private Counter() {}

  /**
   * {@code counter[0] += 1}.
   *
   * @param counter unsigned int [1] on the device
   */
  public static KernelCall increment(long counter) {
    return new KernelCall("increment_counter", 1, 1, 1, List.of(pointer(counter)), new Cost(8, 0));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "increment_counter", "sampler", "counter += 1", "8 B, 0", terms -> Tolerance.EXACT));
  }
}
