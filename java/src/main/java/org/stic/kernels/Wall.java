package org.stic.kernels;

/** What a Langevin proposal does at the walls of the box [-1, 1]^d. */
public enum Wall {
  /** There are no walls: the state space is all of R^d. */
  NONE,
  /**
   * Moves to the nearest point of the box; for approximate chains only, because the walls collect
   * mass.
   */
  CLIP,
  /**
   * Mirrors at the wall once. A coordinate that overshoots by more than the box is left outside,
   * where {@link Metropolis} rejects it.
   */
  REFLECT
}
