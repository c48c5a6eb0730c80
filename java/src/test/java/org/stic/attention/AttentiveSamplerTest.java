package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stic.sampler.BrokenChainsException;
import org.stic.sampler.Drawings;

/** Drawing through windows. */
class AttentiveSamplerTest extends SmallAttention {

  @ParameterizedTest
  @EnumSource
  void drawingsClimbTheirClassesAndStayInTheBox(WindowChoice choice) {
    try (AttentiveSampler sampler = sampler(choice, 0, .5f)) {
      Drawings drawings = sampler.draw(MIXED, 0);
      for (float pixel : drawings.images()) {
        assertTrue(pixel >= -1 && pixel <= 1, "pixel " + pixel);
      }
      assertEquals(0, drawings.brokenChains());
      assertTrue(drawings.displacement() > .02, "displacement " + drawings.displacement());
      double before = classTerm(sampler, sampler.starts(MIXED, sampler.canvasesOf(0)));
      double after = sum(drawings.classTerm());
      assertTrue(after > before + .05, after + " after, " + before + " before");
    }
  }

  /**
   * The class term of canvases on which nothing is drawn: a drawing with a step size of nearly 0.
   */
  private double classTerm(AttentiveSampler like, float[] starts) {
    try (AttentiveSampler still = sampler(WindowChoice.RANDOM, 0, 1e-12f)) {
      assertEquals(like.count(), still.count());
      return sum(still.draw(MIXED, 0, still.canvasesOf(0), starts).classTerm());
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** A pure function of its arguments, and other numbers give other pictures. */
  @Test
  void theSameDrawingHasTheSameBits() {
    try (AttentiveSampler one = sampler(WindowChoice.SALIENCY, 6, .5f);
        AttentiveSampler other = sampler(WindowChoice.SALIENCY, 6, .5f)) {
      Drawings first = one.draw(MIXED, 5);
      assertFalse(Arrays.equals(first.images(), one.draw(MIXED, 6).images()));
      assertArrayEquals(first.images(), one.draw(MIXED, 5).images());
      assertArrayEquals(first.images(), other.draw(MIXED, 5).images());
    }
  }

  /** Each step's canvases; the last are the drawings, and each step changes them. */
  @Test
  void theWatcherSeesTheCanvasAfterEachStep() {
    try (AttentiveSampler sampler = sampler(WindowChoice.HEAD, 0, .5f)) {
      int[] canvases = sampler.canvasesOf(2);
      float[] starts = sampler.starts(MIXED, canvases);
      List<float[]> frames = new ArrayList<>(List.of(starts.clone()));
      Drawings drawings = sampler.draw(MIXED, 2, canvases, starts, frames::add);
      assertEquals(4, frames.size());
      assertArrayEquals(drawings.images(), frames.getLast());
      for (int frame = 1; frame < frames.size(); frame++) {
        assertFalse(Arrays.equals(frames.get(frame - 1), frames.get(frame)), "frame " + frame);
      }
      assertArrayEquals(sampler.draw(MIXED, 2, canvases, starts).images(), drawings.images());
    }
  }

  /** The last window, of stride 1 on a canvas of 19 x 23, leaves the rest as it is. */
  @Test
  void aWindowLeavesTheRestOfTheCanvas() {
    try (AttentiveSampler sampler = sampler(WindowChoice.SALIENCY, 0, .5f)) {
      int[] canvases = sampler.canvasesOf(0);
      List<float[]> frames = new ArrayList<>();
      sampler.draw(MIXED, 0, canvases, sampler.starts(MIXED, canvases), frames::add);
      int same = 0;
      for (int pixel = 0; pixel < ELEMENTS; pixel++) {
        same += Math.abs(frames.get(1)[pixel] - frames.get(2)[pixel]) < 1e-6 ? 1 : 0;
      }
      assertTrue(same > ELEMENTS / 2 && same < ELEMENTS, same + " of " + ELEMENTS + " pixels");
    }
  }

  @Test
  void exactStepsReportTheirAcceptance() {
    try (AttentiveSampler sampler = sampler(WindowChoice.RANDOM, 20, .5f)) {
      Drawings drawings = sampler.draw(MIXED, 0);
      for (double acceptance : drawings.acceptance()) {
        assertTrue(acceptance >= 0 && acceptance <= 1, "acceptance " + acceptance);
      }
      assertTrue(drawings.stepSize() > 0);
    }
    try (AttentiveSampler sampler = sampler(WindowChoice.RANDOM, 0, .5f)) {
      assertTrue(Double.isNaN(sampler.draw(MIXED, 0).acceptance()[0]));
    }
  }

  @Test
  void chainsThatKeepBreakingAreToldOf() {
    parameters.view("convolution1.bias").upload(Float.NaN, 0, 0, 0, 0);
    try (AttentiveSampler sampler = sampler(WindowChoice.SALIENCY, 0, .5f)) {
      assertThrows(BrokenChainsException.class, () -> sampler.draw(MIXED, 0));
    }
  }
}
