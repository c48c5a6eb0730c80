package org.stic.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Names that a misspelt one may have meant. */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /**
   * The nearest names first, at most three: those that contain the word, or differ from it in at
   * most a third of its letters.
   */
  static List<String> of(String word, Collection<String> names) {
    int most = Math.max(1, word.length() / 3);
    Function<String, Integer> distance = name -> distance(word, name);
    return names.stream()
        .distinct()
        .filter(name -> distance.apply(name) <= most)
        .sorted(Comparator.comparing(distance).thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** The end of a sentence about an unknown name; empty where none is near. */
  static String hint(String word, Collection<String> names) {
    List<String> near = of(word, names);
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  /** 0 where the name contains the word, else the edits from the word to a part of the name. */
  private static int distance(String word, String name) {
    String sought = word.toLowerCase(Locale.ROOT);
    String text = name.toLowerCase(Locale.ROOT);
    int[] row = new int[text.length() + 1];
    for (int i = 1; i <= sought.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= text.length(); j++) {
        int substituted = diagonal + (sought.charAt(i - 1) == text.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    int least = row[0];
    for (int edits : row) {
      least = Math.min(least, edits);
    }
    return least;
  }
}
