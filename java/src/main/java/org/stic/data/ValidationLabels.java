package org.stic.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes of ImageNet's validation pictures that lie flat in one folder. They are in a text of
 * lines "name class", where the class is a wnid or its index in sorted order; or, as the set was
 * published, in one text of numbers 1 .. 1000 in the order of the pictures' names and another that
 * tells the wnid of each number.
 */
final class ValidationLabels {
  private static final List<String> PLACES =
      List.of(".", "val", "devkit/data", "data", "ILSVRC2012_devkit_t12/data");
  private static final List<String> NAMED =
      List.of("val.txt", "val_annotations.txt", "LOC_val_solution.csv");
  private static final String NUMBERED = "ILSVRC2012_validation_ground_truth.txt";
  private static final String NUMBERS = "map_clsloc.txt";
  private static final String WNID = "n\\d{8}";

  private final Path root;
  private final Map<String, Integer> labelOfWnid = new HashMap<>();

  private ValidationLabels(Path root, List<String> wnids) {
    this.root = root;
    wnids.forEach(wnid -> labelOfWnid.put(wnid, labelOfWnid.size()));
  }

  /**
   * The classes of pictures.
   *
   * @param root the set's folder
   * @param wnids classes in order
   * @param names the pictures' names, sorted
   * @throws DatasetException if nothing tells them, or a line is wrong
   */
  static int[] of(Path root, List<String> wnids, List<String> names) {
    ValidationLabels labels = new ValidationLabels(root, wnids);
    Optional<Path> named = labels.find(NAMED);
    if (named.isPresent()) {
      return labels.byName(named.get(), names);
    }
    Optional<Path> numbered = labels.find(List.of(NUMBERED));
    if (numbered.isPresent()) {
      return labels.byNumber(numbered.get(), names);
    }
    throw new DatasetException(
        "%s has validation pictures without classes: add val.txt with lines 'name wnid', or %s and %s"
            .formatted(root, NUMBERED, NUMBERS));
  }

  private Optional<Path> find(List<String> files) {
    return PLACES.stream()
        .flatMap(place -> files.stream().map(file -> root.resolve(place).resolve(file)))
        .filter(Files::isRegularFile)
        .map(Path::normalize)
        .findFirst();
  }

  private int[] byName(Path file, List<String> names) {
    Map<String, Integer> labels = new HashMap<>();
    List<String[]> lines = lines(file);
    for (int line = 0; line < lines.size(); line++) {
      String[] words = lines.get(line);
      boolean isHeading = line == 0 && words[0].equals("ImageId");
      if (!isHeading) {
        requireWords(file, line, words, 2);
        labels.put(stem(words[0]), label(file, line, words[1]));
      }
    }
    int[] found = new int[names.size()];
    for (int index = 0; index < found.length; index++) {
      Integer label = labels.get(stem(names.get(index)));
      if (label == null) {
        throw new DatasetException("%s has no line for %s".formatted(file, names.get(index)));
      }
      found[index] = label;
    }
    return found;
  }

  private int label(Path file, int line, String word) {
    if (word.matches(WNID)) {
      Integer label = labelOfWnid.get(word);
      if (label == null) {
        throw wrong(file, line, "the training images have no class " + word);
      }
      return label;
    }
    return number(file, line, word, 0, labelOfWnid.size() - 1);
  }

  private int[] byNumber(Path file, List<String> names) {
    List<String[]> lines = lines(file);
    if (lines.size() != names.size()) {
      throw new DatasetException(
          "%s has %d lines for %d pictures".formatted(file, lines.size(), names.size()));
    }
    Map<Integer, Integer> labelOfNumber = numbers();
    int[] labels = new int[names.size()];
    for (int line = 0; line < labels.length; line++) {
      int number = number(file, line, lines.get(line)[0], 1, Integer.MAX_VALUE);
      Integer label = labelOfNumber.get(number);
      if (label == null) {
        throw wrong(file, line, "no class of the training images has number " + number);
      }
      labels[line] = label;
    }
    return labels;
  }

  /** Lines "wnid number", or the other way round; what follows is a name for people. */
  private Map<Integer, Integer> numbers() {
    Path file =
        find(List.of(NUMBERS))
            .orElseThrow(
                () ->
                    new DatasetException(
                        "%s numbers classes in an order of its own: add %s with lines 'wnid number'"
                            .formatted(NUMBERED, NUMBERS)));
    Map<Integer, Integer> labels = new HashMap<>();
    List<String[]> lines = lines(file);
    for (int line = 0; line < lines.size(); line++) {
      String[] words = lines.get(line);
      requireWords(file, line, words, 2);
      int wnid = words[0].matches(WNID) ? 0 : 1;
      Integer label = labelOfWnid.get(words[wnid]);
      if (label != null) {
        labels.put(number(file, line, words[1 - wnid], 1, Integer.MAX_VALUE), label);
      }
    }
    return labels;
  }

  /** Names classes after their wnids: that of number k goes to place k - 1. */
  static void wnidsByNumber(Path file, int classes, String[] names) {
    List<String[]> lines = lines(file);
    for (int line = 0; line < lines.size(); line++) {
      String[] words = lines.get(line);
      requireWords(file, line, words, 2);
      int wnid = words[0].matches(WNID) ? 0 : 1;
      names[number(file, line, words[1 - wnid], 1, classes) - 1] = words[wnid];
    }
  }

  private static void requireWords(Path file, int line, String[] words, int least) {
    if (words.length < least) {
      throw wrong(file, line, "two words are needed");
    }
  }

  private static int number(Path file, int line, String word, int least, int most) {
    try {
      int number = Integer.parseInt(word);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(file, line, "'" + word + "' is no class");
    }
    throw wrong(file, line, "'" + word + "' is no class");
  }

  private static DatasetException wrong(Path file, int line, String reason) {
    return new DatasetException("%s, line %d: %s".formatted(file, line + 1, reason));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static List<String[]> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(line -> line.split("[\\s,]+"))
          .toList();
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    } catch (UncheckedIOException e) {
      String reason =
          e.getCause() instanceof MalformedInputException ? "it is no text" : e.getMessage();
      throw new DatasetException("cannot read " + file + ": " + reason, e);
    }
  }
}
