package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultComparisonTest {
  private static final int DRAWS = 1000;
  private static final int ROWS = 5;
  private static final int SAMPLES = 20;

  /** Distributions of a time of about 1 second. */
  enum Noise {
    NARROW,
    WIDE,
    /** Quotients of logarithms: one in twenty doubles the time. */
    HEAVY_TAILED,
    /** Two clocks, or two placements in memory, one sample in three in the slower. */
    BIMODAL,
    /** A timer of few steps: many samples are equal. */
    QUANTISED;

    double draw(SplittableRandom random) {
      return switch (this) {
        case NARROW -> Math.exp(0.01 * random.nextGaussian());
        case WIDE -> Math.exp(0.2 * random.nextGaussian());
        case HEAVY_TAILED ->
            1 + 0.05 * Math.log(random.nextDouble()) / Math.log(random.nextDouble());
        case BIMODAL -> (random.nextInt(3) == 0 ? 1.3 : 1) + 0.01 * random.nextGaussian();
        case QUANTISED -> 1 + 0.05 * random.nextInt(4);
      };
    }
  }

  /** At the level of one table in ten thousand, nine seeds in ten find none in a thousand. */
  @ParameterizedTest
  @EnumSource
  void equalNoiseIsNeverSlower(Noise noise) {
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      ResultComparison found =
          compare(rows(noise, random, 1), rows(noise, random, 1), ResultComparison.LEVEL);
      int number = draw;
      assertEquals(0, found.count(Verdict.SLOWER), () -> "draw %d: %s".formatted(number, found));
      assertEquals(0, found.count(Verdict.FASTER), () -> "draw %d: %s".formatted(number, found));
    }
  }

  /** The test above can fail: without the level, chance names rows in many tables. */
  @Test
  void looseLevelNamesRowsByChance() {
    SplittableRandom random = new SplittableRandom(1);
    long wrong =
        IntStream.range(0, DRAWS)
            .mapToObj(_ -> compare(rows(Noise.WIDE, random, 1), rows(Noise.WIDE, random, 1), 0.5))
            .filter(found -> found.count(Verdict.SLOWER) + found.count(Verdict.FASTER) > 0)
            .count();
    assertTrue(wrong > DRAWS / 5 && wrong < DRAWS / 2 + 3 * 16, () -> wrong + " of " + DRAWS);
  }

  @Test
  void fivePercentAreFoundEitherWay() {
    Noise noise = Noise.NARROW;
    SplittableRandom random = new SplittableRandom(7);
    for (int draw = 0; draw < 100; draw++) {
      List<Row> plain = rows(noise, random, 1);
      List<Row> slow = rows(noise, random, 1.05);
      assertEquals(ROWS, compare(plain, slow, ResultComparison.LEVEL).count(Verdict.SLOWER));
      assertEquals(ROWS, compare(slow, plain, ResultComparison.LEVEL).count(Verdict.FASTER));
    }
  }

  @Test
  void doubledTimeIsFoundInHeavyTails() {
    SplittableRandom random = new SplittableRandom(7);
    for (Noise noise : List.of(Noise.HEAVY_TAILED, Noise.BIMODAL, Noise.WIDE)) {
      ResultComparison found =
          compare(rows(noise, random, 1), rows(noise, random, 2), ResultComparison.LEVEL);
      assertEquals(ROWS, found.count(Verdict.SLOWER), () -> noise + ": " + found);
    }
  }

  @Test
  void quietRowsAreTheSameAndFewSamplesUnsure() {
    SplittableRandom random = new SplittableRandom(7);
    ResultComparison quiet =
        compare(rows(Noise.NARROW, random, 1), rows(Noise.NARROW, random, 1.001), 0.01);
    assertEquals(ROWS, quiet.count(Verdict.SAME), quiet::toString);
    RowComparison few = one(row(samples(5, 1)).build(), row(samples(5, 3)).build());
    assertEquals(Verdict.UNSURE, few.verdict());
    assertEquals("too few samples", few.remark());
  }

  @Test
  void driftIsNoEvidence() {
    List<Double> rising = IntStream.range(0, 40).mapToObj(k -> 1 + 0.01 * k).toList();
    List<Double> later = IntStream.range(20, 60).mapToObj(k -> 1 + 0.01 * k).toList();
    assertEquals(Verdict.UNSURE, one(row(rising).build(), row(later).build()).verdict());
    List<Double> shuffled = IntStream.range(0, 40).mapToObj(k -> rising.get(k * 7 % 40)).toList();
    List<Double> other = IntStream.range(0, 40).mapToObj(k -> later.get(k * 7 % 40)).toList();
    assertEquals(Verdict.SLOWER, one(row(shuffled).build(), row(other).build()).verdict());
  }

  @Test
  void disturbedRowsAreWidenedAndUnsure() {
    Row before = row(samples(SAMPLES, 1)).build();
    RowComparison plain = one(before, row(samples(SAMPLES, 2)).build());
    assertEquals(Verdict.SLOWER, plain.verdict());
    for (Flag flag : Flag.values()) {
      RowComparison doubted = one(before, row(samples(SAMPLES, 2)).flag(flag).build());
      assertEquals(Verdict.UNSURE, doubted.verdict());
      assertTrue(doubted.change().low() < plain.change().low(), doubted::toString);
      assertTrue(doubted.change().high() > plain.change().high(), doubted::toString);
    }
  }

  @Test
  void moreIsBetterOfRates() {
    Row before = rate(1);
    assertEquals(Verdict.FASTER, one(before, rate(2)).verdict());
    assertEquals(Verdict.SLOWER, one(rate(2), before).verdict());
  }

  /** Twice as slow a day slows both of a pair. */
  @Test
  void peersAreComparedByRatios() {
    Row monday = pairs("1", samples(SAMPLES, 1), samples(SAMPLES, 2));
    Row tuesday = pairs("1", samples(SAMPLES, 2), samples(SAMPLES, 4));
    assertEquals(Verdict.SAME, one(monday, tuesday).verdict());
    Row slower = pairs("1", samples(SAMPLES, 1.5), samples(SAMPLES, 2));
    assertEquals(Verdict.SLOWER, one(monday, slower).verdict());
    Row updated = pairs("2", samples(SAMPLES, 1.5), samples(SAMPLES, 2));
    assertEquals("the peer's version changed from 1 to 2", one(monday, updated).remark());
  }

  @Test
  void nothingAllocatedStaysTheSame() {
    Row nothing = row(samples(SAMPLES, 0)).build();
    assertEquals(Verdict.SAME, one(nothing, nothing).verdict());
    assertEquals(Verdict.SLOWER, one(nothing, row(samples(SAMPLES, 16)).build()).verdict());
  }

  @Test
  void rowsWithoutPartnerAreListed() {
    Row common = MadeResults.row(1).build();
    Row absent = pairs(Peer.absent("PyTorch", "no Python with it was found"));
    ResultComparison found =
        compare(
            List.of(common, MadeResults.row(2).build(), absent),
            List.of(common, MadeResults.row(3).build(), absent),
            ResultComparison.LEVEL);
    assertEquals(List.of(MadeResults.row(2).build().key().toString()), found.onlyBefore());
    assertEquals(List.of(MadeResults.row(3).build().key().toString()), found.onlyAfter());
    assertEquals(List.of("B.m against PyTorch [peer-ratio time]"), found.absent());
    assertEquals(1, found.rows().size());
  }

  @Test
  void otherDevicesAndOtherBenchmarksAreRefused() {
    var other = new DeviceIdentity("Other GPU", DeviceIdentity.Kind.GPU, "CUDA 13.0", "P", 4);
    ResultFile here = MadeResults.file(MadeResults.row(1).build());
    assertRefused(
        "different devices, Made GPU and Other GPU",
        here,
        MadeResults.file(other, MadeResults.row(1).build()));
    assertRefused("no row in common", here, MadeResults.file(MadeResults.row(2).build()));
  }

  private static void assertRefused(String expected, ResultFile before, ResultFile after) {
    String message =
        assertThrows(ResultException.class, () -> ResultComparison.of(before, after, 0.02, 0.001))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static ResultComparison compare(List<Row> before, List<Row> after, double level) {
    return ResultComparison.of(
        MadeResults.file(before.toArray(Row[]::new)),
        MadeResults.file(after.toArray(Row[]::new)),
        ResultComparison.EFFECT,
        level);
  }

  private static RowComparison one(Row before, Row after) {
    return compare(List.of(before), List.of(after), ResultComparison.LEVEL).rows().getFirst();
  }

  private static List<Row> rows(Noise noise, SplittableRandom random, double factor) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            size ->
                MadeResults.row(size)
                    .samples(
                        Stream.generate(() -> factor * noise.draw(random)).limit(SAMPLES).toList())
                    .build())
        .toList();
  }

  private static Row rate(double value) {
    return row(samples(SAMPLES, value)).quantity("rate", Better.HIGHER).unit("1/s").build();
  }

  private static RowBuilder row(List<Double> samples) {
    return MadeResults.row(1).samples(samples);
  }

  private static Row pairs(String version, List<Double> ours, List<Double> theirs) {
    return Row.of("B.m", Map.of(), RowKind.PEER_RATIO)
        .samples(ours)
        .peer(Peer.measured("oneDNN", version, Map.of(), theirs))
        .build();
  }

  private static Row pairs(Peer peer) {
    return Row.of("B.m", Map.of(), RowKind.PEER_RATIO).peer(peer).build();
  }

  /** Samples of a value with a spread of one part in a thousand, in no order. */
  private static List<Double> samples(int count, double value) {
    return IntStream.range(0, count)
        .mapToObj(k -> value * (1 + 0.001 * (k * 7 % count) / count))
        .toList();
  }
}
