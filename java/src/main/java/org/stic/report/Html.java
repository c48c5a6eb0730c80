package org.stic.report;

/** Text inside HTML and SVG. */
final class Html {
  private Html() {}

  /** Replaces the characters that would be markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
