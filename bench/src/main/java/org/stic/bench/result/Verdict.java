package org.stic.bench.result;

/** What a comparison says about a row. */
public enum Verdict {
  /** The second file's is better, beyond chance and by enough to matter. */
  FASTER,
  /** The second file's is worse, beyond chance and by enough to matter. */
  SLOWER,
  /** If there is a difference, it is too small to matter. */
  SAME,
  /** The samples do not tell. */
  UNSURE
}
