package org.stic.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Why a file could not be used, in words; the exceptions of the library often tell only its name.
 */
public final class IoReason {
  private IoReason() {}

  /** The reason, a clause. */
  public static String of(IOException problem) {
    return switch (problem) {
      case NoSuchFileException e -> e.getFile() + " does not exist";
      case AccessDeniedException e -> "access to " + e.getFile() + " is denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(problem.getMessage());
    };
  }
}
