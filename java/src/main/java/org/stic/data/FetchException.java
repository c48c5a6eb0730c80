package org.stic.data;

/** A set could not be brought to this machine, for reasons outside of its files. */
public final class FetchException extends DatasetException {
  private static final long serialVersionUID = 1L;

  public FetchException(String message) {
    super(message);
  }

  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
