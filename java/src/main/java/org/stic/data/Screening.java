package org.stic.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decodes all pictures of a small set when it is opened, and leaves out those that cannot be read.
 * In a large set, where that would take long, other pictures stand in for them later.
 */
final class Screening {
  private static final int LARGEST_SET = 1000;

  private Screening() {}

  /**
   * The readable pictures of a small set, or all of a large one.
   *
   * @throws DatasetException if a class has none
   */
  static LabelledImages of(LabelledImages source) {
    if (source.images().count() > LARGEST_SET) {
      return source;
    }
    String[] problems = new String[source.images().count()];
    IntStream.range(0, problems.length)
        .parallel()
        .forEach(place -> problems[place] = problem(source.images(), place));
    int[] readable =
        IntStream.range(0, problems.length).filter(place -> problems[place] == null).toArray();
    List<String> found = Arrays.stream(problems).filter(problem -> problem != null).toList();
    if (found.isEmpty()) {
      return source;
    }
    Skipped skipped = source.skipped().and(found.size(), found);
    requireClasses(source, readable, found);
    return source.select(readable).withSkipped(skipped);
  }

  private static String problem(EncodedImages images, int place) {
    try {
      ImageDecoder.decode(images.bytes(place));
      return null;
    } catch (IOException e) {
      return "cannot read image %s: %s".formatted(images.describe(place), IoReason.of(e));
    }
  }

  private static void requireClasses(LabelledImages source, int[] readable, List<String> problems) {
    Set<Integer> empty = IntStream.of(source.labels()).boxed().collect(Collectors.toSet());
    IntStream.of(readable).forEach(place -> empty.remove(source.labels()[place]));
    if (!empty.isEmpty()) {
      throw new DatasetException(
          "no picture of class '%s' can be read: %s"
              .formatted(source.classNames().get(empty.iterator().next()), problems.getFirst()));
    }
  }
}
