package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The Metropolis test chain by chain: log alpha by its closed form, and everything that follows
 * from it.
 */
final class MetropolisCases {
  private static final int CHAINS = 40;
  private static final float STEP = 0.05f;
  private static final float TEMPERATURE = 0.5f;

  private MetropolisCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(Wall.NONE, Wall.REFLECT)
        .flatMap(wall -> Stream.concat(accepts(wall), steps(wall)));
  }

  private static Stream<KernelCase> accepts(Wall wall) {
    return Stream.of(1, 33, 784)
        .flatMap(dimension -> Stream.of(row(wall, dimension, false), row(wall, dimension, true)));
  }

  private static Stream<KernelCase> steps(Wall wall) {
    return Stream.of(1, 31, 127, 784, Metropolis.LARGEST_CHAIN)
        .flatMap(dimension -> Stream.of(step(wall, dimension, false), step(wall, dimension, true)));
  }

  /** The test and the next proposal in one kernel give the bits of the two apart. */
  private static KernelCase step(Wall wall, int dimension, boolean scaled) {
    return new KernelCase(
        "metropolis_step_" + wall.name().toLowerCase(Locale.ROOT),
        "dimension " + dimension + (scaled ? ", diagonal" : ""),
        rig -> {
          MetropolisChains chains =
              new MetropolisChains(rig, 9, dimension, STEP, TEMPERATURE, wall, scaled);
          chains.breakChain(3, Float.NaN);
          if (wall == Wall.REFLECT) {
            chains.moveOutside(5);
          }
          MetropolisChains.Host before = chains.download();
          rig.runOnce(List.of(chains.accept()));
          rig.runOnce(chains.proposeNext());
          MetropolisChains.Host apart = chains.download();
          chains.restore(before);
          rig.run(chains.step());
          MetropolisChains.requireSame(apart, chains.download());
        });
  }

  private static KernelCase row(Wall wall, int dimension, boolean scaled) {
    return new KernelCase(
        "metropolis_accept_" + wall.name().toLowerCase(Locale.ROOT),
        "dimension " + dimension + (scaled ? ", diagonal" : ""),
        rig -> {
          MetropolisChains chains =
              new MetropolisChains(rig, CHAINS, dimension, STEP, TEMPERATURE, wall, scaled);
          chains.breakChain(3, Float.NaN);
          chains.breakChain(4, Float.NEGATIVE_INFINITY);
          if (wall == Wall.REFLECT) {
            chains.moveOutside(5);
          }
          MetropolisChains.Host before = chains.download();
          rig.run(chains.accept());
          MetropolisChains.Host after = chains.download();
          int accepted = 0;
          for (int c = 0; c < CHAINS; c++) {
            accepted += check(chains, before, after, c) ? 1 : 0;
          }
          assertTrue(
              accepted > 0 && accepted < CHAINS, "the case must accept and reject: " + accepted);
        });
  }

  /** Compares one chain with what the definition says, and tells whether it moved. */
  private static boolean check(
      MetropolisChains chains, MetropolisChains.Host before, MetropolisChains.Host after, int c) {
    MetropolisChains.Expected expected = chains.expected(before, c);
    String chain = "chain " + c;
    if (Double.isFinite(expected.logAlpha())) {
      assertTrue(
          Math.abs(after.logRatio()[c] - expected.logAlpha()) <= expected.allowedError(),
          () ->
              "%s: log alpha %s, not %s"
                  .formatted(chain, after.logRatio()[c], expected.logAlpha()));
      assertEquals(
          Math.min(1, Math.exp(expected.logAlpha())),
          after.acceptance()[c],
          expected.allowedError(),
          chain);
    } else {
      assertEquals(0, after.acceptance()[c], chain);
    }
    boolean moved = after.accepted()[c] > before.accepted()[c];
    double margin = expected.logUniform() - expected.logAlpha();
    if (Double.isNaN(expected.logAlpha()) || Math.abs(margin) > expected.allowedError()) {
      assertEquals(margin < 0, moved, chain + " accepted");
    }
    assertEquals(before.accepted()[c] + (moved ? 1 : 0), after.accepted()[c], chain);
    assertEquals(
        before.broken()[c] + (expected.broken() ? 1 : 0), after.broken()[c], chain + " broken");
    MetropolisChains.requireTakenOver(before, after, c, moved);
    return moved;
  }
}
