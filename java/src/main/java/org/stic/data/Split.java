package org.stic.data;

/** The two parts that every data set is published in. */
public enum Split {
  TRAIN,
  TEST
}
