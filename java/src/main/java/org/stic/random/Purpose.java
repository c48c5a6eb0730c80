package org.stic.random;

/**
 * What a random number is drawn for. Two purposes never share a number, so adding a draw in one place leaves all other
 * places as they were. The ordinal is part of the key: append, never reorder.
 */
public enum Purpose {
  INITIALISATION,
  START_BATCH,
  INPUT_NOISE,
  FAKE_CLASSES,
  CANVAS,
  CHAIN_NOISE,
  GRAM_IMAGES,
  UPDATE_BATCH,
  EVALUATION_CANVAS,
  EVALUATION_NOISE,
  ACCEPT,
  JUDGE_INITIALISATION,
  JUDGE_BATCH,
  DRAWING_CANVAS,
  DRAWING_NOISE,
  TRAINING_SUBSET
}
