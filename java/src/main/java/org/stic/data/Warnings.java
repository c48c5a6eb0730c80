package org.stic.data;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Listens to what a reader forgives, and does not forgive a picture whose end is missing. */
final class Warnings implements IIOReadWarningListener {
  private String incomplete;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    if (text.contains("premature end") || text.contains("truncated") || text.contains("eof")) {
      incomplete = warning;
    }
  }

  /** Requires that no pixel had to be made up. */
  void requireComplete() throws IOException {
    if (incomplete != null) {
      throw new IOException("it is cut off (" + incomplete + ")");
    }
  }
}
