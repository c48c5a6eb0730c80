package org.stic.graph;

/**
 * Hears of every program of the process, so that a profiler finds those inside samplers and
 * trainers. Called by the thread that closes the program.
 */
public interface ProgramObserver {
  /** Hears nothing. */
  ProgramObserver NONE = _ -> {};

  /** The program is about to be closed, and can be run for the last time. */
  void closing(Program program);
}
