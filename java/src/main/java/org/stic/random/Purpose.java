package org.stic.random;

/**
 * What a random number is drawn for. Two purposes never share a number, so adding a draw in one
 * place leaves all other places as they were.
 */
public enum Purpose {
  INITIALISATION(0),
  START_BATCH(1),
  INPUT_NOISE(2),
  FAKE_CLASSES(3),
  CANVAS(4),
  CHAIN_NOISE(5),
  GRAM_IMAGES(6),
  UPDATE_BATCH(7),
  EVALUATION_CANVAS(8),
  JUDGE_INITIALISATION(9),
  DRAWING_CANVAS(10),
  DATA_SUBSET(11),
  LABEL_NOISE(12),
  DROPOUT(13),
  INTERPOLATION(14),
  CASCADE(15),
  GRAM_TARGET(20),
  CANVAS_GRID(21),
  NOISE_LEVEL(40),
  SCORE_NOISE(41),
  SCORE_DIRECTIONS(42),
  GRAM_NOISE(43),
  TEST_NOISE(44),
  KERNEL_SUBSETS(45),
  ATTACK_START(46),
  WINDOW_TRAINING(60),
  WINDOW_PLACE(61),
  WINDOW_NOISE(62);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  /** The part of a key that stands for this purpose; it never changes. */
  public int code() {
    return code;
  }
}
