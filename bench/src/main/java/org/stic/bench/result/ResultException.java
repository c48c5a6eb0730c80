package org.stic.bench.result;

/**
 * A result file cannot be used, or two cannot be used together; the message names file and field.
 */
public final class ResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ResultException(String message) {
    super(message);
  }

  public ResultException(String message, Throwable cause) {
    super(message, cause);
  }
}
