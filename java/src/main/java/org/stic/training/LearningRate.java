package org.stic.training;

import org.stic.settings.OptimizerSettings;

/** Learning rate as a function of the update alone, so that a resumed run needs no state for it. */
sealed interface LearningRate {

  /** The rate of update {@code update} of {@code updates}, counted from 0. */
  double at(long update, long updates);

  /** The rate of the passes. */
  static LearningRate of(OptimizerSettings settings) {
    return new Trapezium(
        settings.firstRate(), settings.lastRate(), settings.warmUp(), settings.decayShare());
  }

  /**
   * A straight line up to {@code first} over {@code warmUp} updates, which are not 0, then {@code
   * first}, then a straight line to {@code last} over the last {@code decayShare} of the updates.
   */
  record Trapezium(double first, double last, int warmUp, double decayShare)
      implements LearningRate {
    @Override
    public double at(long update, long updates) {
      return rise(update) * plateau(update, updates);
    }

    private double rise(long update) {
      return update >= warmUp ? 1 : (update + 1.0) / (warmUp + 1.0);
    }

    private double plateau(long update, long updates) {
      double decaying = decayShare * (updates - 1);
      double place = update - (updates - 1 - decaying);
      return place <= 0 ? first : first + (last - first) * place / decaying;
    }
  }

  /**
   * One cycle: a cosine from peak / 25 up to the peak over the first 30 % of the updates, then a
   * cosine down to almost zero.
   *
   * <p>Source: Smith and Topin, "Super-convergence", 2018.
   */
  record OneCycle(double peak) implements LearningRate {
    private static final double WARM_UP = 0.3;
    private static final double START = 1 / 25.0;
    private static final double END = 1e-4;

    @Override
    public double at(long update, long updates) {
      double place = update / (double) updates;
      return place < WARM_UP
          ? between(peak * START, peak, place / WARM_UP)
          : between(peak, peak * END, (place - WARM_UP) / (1 - WARM_UP));
    }

    private static double between(double from, double to, double place) {
      return to + (from - to) * (1 + Math.cos(Math.PI * place)) / 2;
    }
  }
}
