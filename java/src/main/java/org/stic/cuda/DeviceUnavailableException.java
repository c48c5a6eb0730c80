package org.stic.cuda;

/** The device that was asked for cannot be had. The message names the reason and the remedy. */
public final class DeviceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceUnavailableException(String message) {
    super(message);
  }

  DeviceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
