package org.stic.sampler;

import org.stic.model.NoiseRange;

/**
 * Deviations of noise that fall by the same factor from level to level.
 *
 * @param range the first and the last level
 * @param count number of levels, at least 2
 */
public record NoiseLevels(NoiseRange range, int count) {

  public NoiseLevels {
    if (count < 2) {
      throw new IllegalArgumentException("noise needs at least 2 levels, not " + count);
    }
  }

  /** The deviation of a level, counted from 0; 0 after the last one. */
  public float deviation(int level) {
    double place = level / (count - 1.0);
    return level == count
        ? 0
        : (float) (range.highest() * Math.pow(range.lowest() / range.highest(), place));
  }

  /** Each level's deviation with that of the next, [count, 2] in row-major order. */
  float[] pairs() {
    float[] pairs = new float[2 * count];
    for (int level = 0; level < count; level++) {
      pairs[2 * level] = deviation(level);
      pairs[2 * level + 1] = deviation(level + 1);
    }
    return pairs;
  }
}
