package org.stic.data;

import java.util.List;

/**
 * What was found about the images of a set so far. Images that were not read yet count as readable.
 *
 * @param images images of the set
 * @param read how many of them have been read
 * @param converted how many of those were not RGB of 8 bits, or had a name of another format
 * @param unreadable how many of those could not be read; images of the same class stand in for them
 * @param skipped files that were left out when the set was opened, because nothing is in them
 * @param examples sentences about the first unreadable or skipped ones
 */
public record ReadingReport(
    int images, int read, int converted, int unreadable, int skipped, List<String> examples) {

  public ReadingReport {
    examples = List.copyOf(examples);
  }

  /** Of images of which none can fail. */
  static ReadingReport flawless(int images) {
    return new ReadingReport(images, images, 0, 0, 0, List.of());
  }

  /** Whether there is something that a user should know. */
  public boolean hasFlaws() {
    return unreadable + skipped > 0;
  }

  /** The flaws as one sentence without its first word capitalised. */
  public String text() {
    String example = examples.isEmpty() ? "" : ", such as: " + examples.getFirst();
    return "%d of %d images could not be read and were replaced by others of their class, %d files were left out%s"
        .formatted(unreadable, images, skipped, example);
  }
}
