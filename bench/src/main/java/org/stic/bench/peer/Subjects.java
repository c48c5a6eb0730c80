package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.bench.Bench07Convolution.Pass;

/** The one list of what is compared, in groups that take less than two minutes each. */
final class Subjects {
  /** A wide ResNet's three widths, its first being large; the recipe's four layers. */
  private static final List<String> CONVOLUTIONS =
      List.of(
          "32x64x32x32/64x3/s1/p1",
          "8x160x32x32/160x3/s1/p1",
          "8x320x16x16/320x3/s1/p1",
          "8x640x8x8/640x3/s1/p1",
          "75x1x28x28/16x4/s2/p1",
          "75x16x14x14/32x4/s2/p1",
          "75x32x7x7/64x3/s1/p1",
          "75x64x7x7/64x4/s2/p1");

  private static final int[] MATRICES = {512, 1024, 2048};
  private static final int[][] MAPS = {
    {64, 16, 196}, {64, 32, 49}, {32, 64, 1024}, {32, 128, 1024}
  };
  private static final int[][] CHAINS = {{64, 784}, {64, 3072}, {1024, 3072}};

  private Subjects() {}

  /** All subjects by group. */
  static Map<String, List<Subject>> groups() {
    Map<String, List<Subject>> groups = new LinkedHashMap<>();
    groups.put(
        "steps",
        List.of(new GrmalaStepSubject(64), new GrmalaStepSubject(256), new TrainingStepSubject()));
    groups.put("start", List.of(new StartUpSubject()));
    groups.put(
        "chains",
        List.of(new GaussianChainsSubject(1024, 100), new GaussianChainsSubject(4096, 10)));
    groups.put("gram", gram());
    groups.put("sampler", sampler());
    groups.put("products", products());
    groups.put("convolutions", convolutions());
    groups.put(
        "networks",
        List.of(
            new NetworkSubject("resnet56", 100, false),
            new NetworkSubject("wrn-28-10", 8, true),
            new NetworkSubject("jem-wrn-28-10", 8, true)));
    return groups;
  }

  private static List<Subject> products() {
    List<Subject> subjects = new ArrayList<>();
    for (int size : MATRICES) {
      subjects.add(ProductSubjects.matrix(size));
    }
    return subjects;
  }

  private static List<Subject> gram() {
    List<Subject> subjects = new ArrayList<>();
    for (int[] map : MAPS) {
      subjects.add(ProductSubjects.gram(map[0], map[1], map[2]));
      subjects.add(new GramGradientSubject(map[0], map[1], map[2]));
    }
    return subjects;
  }

  private static List<Subject> sampler() {
    List<Subject> subjects = new ArrayList<>();
    for (int[] chains : CHAINS) {
      subjects.add(SamplerSubjects.langevin(chains[0], chains[1]));
      subjects.add(SamplerSubjects.metropolis(chains[0], chains[1]));
    }
    return subjects;
  }

  private static List<Subject> convolutions() {
    List<Subject> subjects = new ArrayList<>();
    for (String shape : CONVOLUTIONS) {
      for (Pass pass : Pass.values()) {
        subjects.add(ConvolutionSubjects.of(pass, shape));
      }
    }
    return subjects;
  }

  /**
   * The subjects that words name: a group, or the beginning of subjects' names; all without words.
   *
   * @throws IllegalArgumentException if a word names none
   */
  static List<Subject> named(List<String> words) {
    Map<String, List<Subject>> groups = groups();
    List<Subject> all = groups.values().stream().flatMap(List::stream).toList();
    if (words.isEmpty()) {
      return all;
    }
    List<Subject> chosen = new ArrayList<>();
    for (String word : words) {
      List<Subject> found =
          groups.getOrDefault(
              word, all.stream().filter(subject -> subject.name().startsWith(word)).toList());
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "no subject '%s'; groups are %s, and --list names all subjects"
                .formatted(word, String.join(", ", groups.keySet())));
      }
      found.stream().filter(subject -> !chosen.contains(subject)).forEach(chosen::add);
    }
    return chosen;
  }
}
