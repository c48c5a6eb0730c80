package org.stic.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Names the state of a checkout, so that results measured with a bundle can be assigned to it. */
public final class Commit {
  private static final String UNKNOWN = "unknown";

  private Commit() {}

  /**
   * The short name of the commit that is checked out, with {@code -dirty} where a tracked file was
   * changed since; {@code unknown} where git does not know.
   */
  public static String of(Path checkout) throws IOException {
    String name = git(checkout, "rev-parse", "--short", "HEAD");
    if (name.isEmpty()) {
      return UNKNOWN;
    }
    boolean changed = !git(checkout, "status", "--porcelain", "--untracked-files=no").isEmpty();
    return changed ? name + "-dirty" : name;
  }

  /** What git prints; empty if it fails or is not there. */
  private static String git(Path checkout, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", checkout.toString());
    builder.command().addAll(List.of(arguments));
    Process process;
    try {
      process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException _) {
      return "";
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? text.strip() : "";
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
