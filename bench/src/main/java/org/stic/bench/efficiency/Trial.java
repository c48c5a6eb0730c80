package org.stic.bench.efficiency;

import java.util.stream.DoubleStream;
import org.stic.cuda.Device;
import org.stic.kernels.Wall;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.Chains;
import org.stic.sampler.Langevin;

/**
 * One sampler on one target: as many steps to warm up as count, draws that are looked at one by
 * one, and then as many steps again, enqueued as one run, for the time that they take.
 *
 * @param chains at least 2, or a chain that is stuck would agree with itself
 * @param steps draws of each chain
 */
record Trial(Device device, Target target, SamplerRule rule, int chains, int steps) {
  private static final double NANOSECONDS = 1e-9;

  /** Samples, and judges the draws. */
  Efficiency run(long seed) {
    try (Chains moving = chains(seed)) {
      moving.place(target.start(chains, seed), 0);
      if (rule.isExact()) {
        moving.warmUp();
      } else {
        moving.walk(steps);
      }
      Draws draws = draws(moving);
      double acceptance =
          rule.isExact()
              ? DoubleStream.of(moving.acceptance()).average().orElseThrow()
              : Double.NaN;
      Efficiency.Price price =
          new Efficiency.Price((double) chains * steps, seconds(moving), acceptance);
      return Efficiency.of(draws, price, target.variances());
    }
  }

  private Chains chains(long seed) {
    Langevin approximate =
        new Langevin(
            target.density(), target.approximateStepSize(), target.temperature(), seed, Wall.CLIP);
    return new Chains(
        device,
        approximate,
        target.density(),
        target.shape(chains),
        new ChainPlan(
            0, 2 * steps, target.firstStepSize(), target.temperature(), rule.preconditioning()),
        seed);
  }

  private Draws draws(Chains moving) {
    Draws draws = new Draws(chains, target.shape(chains).intElements() / chains, steps);
    for (int step = 0; step < steps; step++) {
      advance(moving, 1);
      draws.add(step, moving.positions());
    }
    return draws;
  }

  private double seconds(Chains moving) {
    advance(moving, steps);
    device.synchronize();
    long began = System.nanoTime();
    advance(moving, steps);
    device.synchronize();
    return (System.nanoTime() - began) * NANOSECONDS;
  }

  private void advance(Chains moving, int count) {
    if (rule.isExact()) {
      moving.correct(count);
    } else {
      moving.walk(count);
    }
  }
}
