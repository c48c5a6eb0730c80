package org.stic.bundle;

/** A bundle cannot be made; the message is a sentence for the user. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BundleException(String message) {
    super(message);
  }
}
