package org.stic.bench;

/** What the front end returns to its caller, as {@code stic} does; scripts rely on it. */
public final class ExitCodes {
  public static final int DONE = 0;

  /** A benchmark failed, or something became slower. */
  public static final int FAILED = 1;

  public static final int WRONG_USE = 2;

  private ExitCodes() {}
}
