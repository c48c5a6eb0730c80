package org.stic.bench;

/** The user asked for something that does not exist or cannot be; exit code 2. */
public final class WrongUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence that names what is wrong and what would be right. */
  public WrongUseException(String message) {
    super(message);
  }
}
