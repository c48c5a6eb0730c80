package org.stic.cli;

/** What the program returns to its caller; scripts rely on it. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;

  /** 128 + SIGINT, as shells expect. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
