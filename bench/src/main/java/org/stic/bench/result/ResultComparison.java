package org.stic.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Two result files beside each other. The level holds for the whole table (Bonferroni): if nothing
 * changed and samples are independent, at most that share of comparisons has any row FASTER or
 * SLOWER.
 *
 * @param effect the smallest relative change that matters
 * @param level of the table
 * @param rows common to both files
 * @param onlyBefore rows of the first file alone
 * @param onlyAfter rows of the second file alone
 * @param absent rows that at least one file has without samples, for a peer was absent
 */
record ResultComparison(
    double effect,
    double level,
    List<RowComparison> rows,
    List<String> onlyBefore,
    List<String> onlyAfter,
    List<String> absent) {
  /** One table in ten thousand. Twelve samples a row are enough for it in a hundred rows. */
  static final double LEVEL = 0.0001;

  /** Two per cent. */
  static final double EFFECT = 0.02;

  /**
   * Compares files of one device.
   *
   * @throws ResultException if the devices differ or no row is in both
   */
  static ResultComparison of(ResultFile before, ResultFile after, double effect, double level) {
    if (!before.device().isComparableWith(after.device())) {
      throw new ResultException(
          "the files are of different devices, %s and %s; compare files of one device"
              .formatted(before.device(), after.device()));
    }
    Map<RowKey, Row> first = byKey(before);
    Map<RowKey, Row> second = byKey(after);
    List<RowKey> common = first.keySet().stream().filter(second::containsKey).toList();
    if (common.isEmpty()) {
      throw new ResultException(
          "the files have no row in common; compare files of the same benchmarks");
    }
    List<RowKey> measured =
        common.stream()
            .filter(key -> first.get(key).isMeasured() && second.get(key).isMeasured())
            .toList();
    Judgement judgement =
        new Judgement(effect, level / Math.max(1, measured.size()), new RankSumTail());
    return new ResultComparison(
        effect,
        level,
        measured.stream().map(key -> judgement.compare(first.get(key), second.get(key))).toList(),
        without(first, second),
        without(second, first),
        texts(common.stream().filter(key -> !measured.contains(key)).toList()));
  }

  private static Map<RowKey, Row> byKey(ResultFile file) {
    return file.rows().stream()
        .collect(Collectors.toMap(Row::key, Function.identity(), (a, _) -> a, TreeMap::new));
  }

  private static List<String> without(Map<RowKey, Row> some, Map<RowKey, Row> others) {
    List<RowKey> keys = new ArrayList<>(some.keySet());
    keys.removeAll(others.keySet());
    return texts(keys);
  }

  private static List<String> texts(List<RowKey> keys) {
    return keys.stream().map(RowKey::toString).toList();
  }

  /** How many rows have a verdict. */
  long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }
}
