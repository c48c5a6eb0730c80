package org.stic.training;

import java.util.random.RandomGenerator;

/**
 * Chooses what drawings show: rows of class weights, hard ones of one class and soft ones that mix
 * two.
 *
 * @param classes weights of a row
 */
record ClassWeights(int classes) {

  /**
   * First {@code hard} rows of one class, the classes being equally frequent up to one, then {@code
   * soft} rows of mixtures.
   */
  float[] choose(int hard, int soft, RandomGenerator random) {
    float[] rows = new float[(hard + soft) * classes];
    int first = random.nextInt(classes);
    for (int row = 0; row < hard; row++) {
      rows[row * classes + (first + row) % classes] = 1;
    }
    for (int row = hard; row < hard + soft; row++) {
      mix(rows, row, random);
    }
    return rows;
  }

  /** Adds two different classes with a uniform share to a row of zeros. */
  void mix(float[] rows, int row, RandomGenerator random) {
    int one = random.nextInt(classes);
    int other = classes == 1 ? one : (one + 1 + random.nextInt(classes - 1)) % classes;
    float share = random.nextFloat();
    rows[row * classes + one] += share;
    rows[row * classes + other] += 1 - share;
  }
}
