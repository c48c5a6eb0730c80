package org.stic.kernels;

import java.util.List;
import org.stic.cuda.Device;
import org.stic.cuda.KernelImage;
import org.stic.cuda.SimtControl;

/** In which order the CPU driver runs the threads and blocks of a launch. */
record ThreadOrder(SimtControl.Order order, long seed) {
  private static final List<ThreadOrder> ON_FIBERS =
      List.of(
          new ThreadOrder(SimtControl.Order.FORWARD, 0),
          new ThreadOrder(SimtControl.Order.REVERSE, 0),
          new ThreadOrder(SimtControl.Order.RANDOM, 1),
          new ThreadOrder(SimtControl.Order.RANDOM, 2));
  private static final List<ThreadOrder> ELSEWHERE =
      List.of(
          new ThreadOrder(SimtControl.Order.FORWARD, 0),
          new ThreadOrder(SimtControl.Order.FORWARD, 0));

  /** The orders that a kernel must not notice; without fibers the same order twice. */
  static List<ThreadOrder> of(KernelImage image) {
    return image == KernelImage.FIBERS ? ON_FIBERS : ELSEWHERE;
  }

  /** Runs the body, which launches on the device, in this order. */
  void during(Device device, Runnable body) {
    if (order == SimtControl.Order.FORWARD) {
      body.run();
      return;
    }
    SimtControl control = SimtControl.of(device);
    control.setOrder(order, seed);
    try {
      body.run();
    } finally {
      control.setOrder(SimtControl.Order.FORWARD, 0);
    }
  }
}
