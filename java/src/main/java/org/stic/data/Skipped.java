package org.stic.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Files that were left out when a set was opened.
 *
 * @param examples sentences about some of them
 */
record Skipped(int count, List<String> examples) {
  private static final int MOST_EXAMPLES = 5;

  static final Skipped NONE = new Skipped(0, List.of());

  Skipped {
    examples = List.copyOf(examples.subList(0, Math.min(examples.size(), MOST_EXAMPLES)));
  }

  /** These and more. */
  Skipped and(int more, List<String> moreExamples) {
    List<String> all = new ArrayList<>(examples);
    all.addAll(moreExamples);
    return new Skipped(count + more, all);
  }
}
