package org.stic.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CheckTest {
  private static final double[] EXACT = {1, -200, 3};

  private final Check check = Check.against(EXACT, 1e-5);

  @Test
  void takesWhatIsNearRelativeToTheGreatestValue() {
    check.verify("a side", new double[] {1.0019, -200, 3});
  }

  @Test
  void namesTheSideAndTheElement() {
    assertEquals(
        "a side is wrong: element 2 is 3.00300, in double precision 3.00000, at values up to"
            + " 200.000",
        refused(1, -200, 3.003).getMessage());
  }

  @Test
  void refusesNotANumber() {
    refused(Double.NaN, -200, 3);
  }

  @Test
  void refusesAnotherLength() {
    assertEquals("a side yields 2 elements, not 3", refused(1, -200).getMessage());
  }

  @Test
  void aSampleHasTheFirstAndTheLastElement() {
    Check sampled = Check.sampled(100_000, index -> index, 1e-9);
    double[] right = new double[100_000];
    java.util.Arrays.setAll(right, index -> index);
    sampled.verify("a side", right);
    for (int corner : new int[] {0, 99_999}) {
      double[] wrong = right.clone();
      wrong[corner] += 1;
      assertThrows(WrongResultException.class, () -> sampled.verify("a side", wrong));
    }
  }

  private WrongResultException refused(double... result) {
    return assertThrows(WrongResultException.class, () -> check.verify("a side", result));
  }
}
