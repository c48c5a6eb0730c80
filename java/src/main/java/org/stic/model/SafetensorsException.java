package org.stic.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not the safetensors file that it should be; the message names the file and what is
 * wrong.
 */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  public SafetensorsException(Path file, String problem) {
    super(file + ": " + problem);
  }
}
