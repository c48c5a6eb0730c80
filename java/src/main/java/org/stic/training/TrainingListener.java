package org.stic.training;

/** Hears how a run gets on; called on the thread that trains, between pieces of work. */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A phase moved on. The first call of a phase has {@code done = 0}, the last has {@code done =
   * total}.
   *
   * @param phase such as "judge", "start", "pass 1" or "evaluation"
   * @param unit what is counted, in the plural, such as "updates"
   */
  default void progress(String phase, long done, long total, String unit) {}

  /** A pass was trained, measured and stored. */
  default void passFinished(PassMetrics metrics) {}

  /** One line worth telling, such as a roll-back. */
  default void message(String text) {}
}
