package org.stic.data;

/**
 * A data set is unknown, absent or damaged. The message is one sentence for the user that names the
 * file and says what would be right.
 */
public sealed class DatasetException extends RuntimeException permits FetchException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
