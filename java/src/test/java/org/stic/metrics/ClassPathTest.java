package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClassPathTest {

  private static ClassPath path(double... second) {
    double[] first = new double[second.length];
    for (int j = 0; j < first.length; j++) {
      first[j] = 1 - second[j];
    }
    return ClassPath.of(first, second);
  }

  @Test
  void anEvenWayIsPerfect() {
    ClassPath even = path(0, .25, .5, .75, 1);
    assertEquals(1, even.rankCorrelation(), 1e-12);
    assertEquals(1, even.monotoneSteps());
    assertEquals(0, even.deviation(), 1e-12);
    assertEquals(0, even.roughness(), 1e-12);
    assertEquals(1, even.mass(), 1e-12);
  }

  @Test
  void aSwitchIsMonotoneButNotSmooth() {
    ClassPath sudden = path(0, 0, 0, 1, 1, 1);
    assertEquals(1, sudden.monotoneSteps());
    assertEquals((0 + .2 + .4 + .4 + .2 + 0) / 6, sudden.deviation(), 1e-12);
    assertEquals(2 / 4.0, sudden.roughness(), 1e-12);
    assertTrue(sudden.rankCorrelation() < 1, "ties are not a rise");
  }

  @Test
  void aWayBackCountsAsSuch() {
    ClassPath back = path(1, .8, .5, .2, 0);
    assertEquals(-1, back.rankCorrelation(), 1e-12);
    assertEquals(0, back.monotoneSteps());
    ClassPath bend = path(0, .6, .3, 1);
    assertEquals(2 / 3.0, bend.monotoneSteps(), 1e-12);
    assertEquals(.8, bend.rankCorrelation(), 1e-12);
  }

  @Test
  void thirdClassesTakeFromTheMassButNotFromTheShare() {
    ClassPath path = ClassPath.of(new double[] {.5, .1, .05}, new double[] {0, .1, .45});
    assertEquals((.5 + .2 + .5) / 3, path.mass(), 1e-12);
    assertEquals((0 + 0 + .1) / 3, path.deviation(), 1e-12);
  }

  @Test
  void aWayThatNeverChangesHasNoCorrelation() {
    assertEquals(0, path(.5, .5, .5).rankCorrelation());
    assertThrows(IllegalArgumentException.class, () -> path(0, 1));
  }
}
