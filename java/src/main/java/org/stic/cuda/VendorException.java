package org.stic.cuda;

/** A call of a vendor's library returned an error. */
public final class VendorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private VendorException(String message) {
    super(message);
  }

  static void check(int code, String function, String library) {
    if (code != 0) {
      throw new VendorException("%s failed: %s's status %d".formatted(function, library, code));
    }
  }
}
