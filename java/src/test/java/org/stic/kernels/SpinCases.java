package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

/** Work of known duration: never shorter by the host's clock; its length is tested with events. */
final class SpinCases {

  private SpinCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(1, 33_333, 2_000_000).map(SpinCases::spin);
  }

  private static KernelCase spin(int nanoseconds) {
    return new KernelCase(
        "spin",
        nanoseconds + " ns",
        rig -> {
          TestBuffer spun = rig.poisoned(1);
          long start = System.nanoTime();
          rig.run(Spin.nanoseconds(spun.address(), nanoseconds));
          long passed = System.nanoTime() - start;
          assertArrayEquals(new int[] {nanoseconds}, spun.bits());
          assertTrue(passed >= nanoseconds, passed + " ns by the host's clock");
        });
  }
}
