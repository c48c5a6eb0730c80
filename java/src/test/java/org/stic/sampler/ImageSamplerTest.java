package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.random.Purpose;

/** Drawing with a small random classifier. */
class ImageSamplerTest extends SmallClassifier {
  @Test
  void aDrawingRaisesItsDensityAndStaysInTheBox() {
    try (ImageSampler still = sampler(1e-9f, 1, 5);
        ImageSampler moving = sampler(.3f, 40, 5)) {
      Drawings before = still.draw(MIXED, 0);
      Drawings after = moving.draw(MIXED, 0);
      for (int chain = 0; chain < 5; chain++) {
        double gained =
            after.classTerm()[chain]
                - before.classTerm()[chain]
                - GRAM_WEIGHT * (after.gramLoss()[chain] - before.gramLoss()[chain]);
        assertTrue(gained > .02, "chain " + chain + " gained " + gained);
      }
      assertTrue(after.displacement() > 10 * before.displacement());
      for (float pixel : after.images()) {
        assertTrue(Math.abs(pixel) <= 1, "pixel " + pixel);
      }
    }
  }

  @Test
  void drawingsAreAFunctionOfTheirNumber() {
    try (ImageSampler one = sampler(.3f, 10, 5);
        ImageSampler two = sampler(.3f, 10, 5)) {
      float[] first = one.draw(MIXED, 7).images();
      float[] other = one.draw(MIXED, 8).images();
      assertFalse(Arrays.equals(first, other));
      assertArrayEquals(first, two.draw(MIXED, 7).images());
      assertArrayEquals(first, one.draw(MIXED, 7).images());
    }
  }

  @Test
  void imagesMayShareACanvas() {
    try (ImageSampler still = sampler(1e-9f, 1, 5)) {
      float[] images = still.draw(MIXED, 0, new int[] {3, 3, 4, 4, 9}).images();
      float[][] rows = new float[5][];
      for (int chain = 0; chain < 5; chain++) {
        rows[chain] = Arrays.copyOfRange(images, chain * ELEMENTS, (chain + 1) * ELEMENTS);
      }
      assertArrayEquals(rows[0], rows[1], 1e-5f);
      assertArrayEquals(rows[2], rows[3], 1e-5f);
      for (int element = 0; element < ELEMENTS; element++) {
        assertTrue(Math.abs(rows[0][element] - rows[2][element]) > 1e-5f);
      }
    }
  }

  @Test
  void exactStepsTellTheirAcceptance() {
    ChainPlan plan = new ChainPlan(5, 8, 1e-3f, 1e-3f, Preconditioning.IDENTITY);
    try (ImageSampler sampler = sampler(plan, .3f, 5)) {
      Drawings drawings = sampler.draw(MIXED, 0);
      for (double rate : drawings.acceptance()) {
        assertTrue(rate >= 0 && rate <= 1, "acceptance " + rate);
      }
      assertTrue(Arrays.stream(drawings.acceptance()).average().orElseThrow() > .2);
      assertTrue(drawings.stepSize() != 1e-3f, "the step size never adapted");
    }
  }

  /** A start that is not a number is left for another canvas; the other chains stay the same. */
  @Test
  void aBrokenChainStartsAgainAndRecovers() {
    try (ImageSampler sampler = sampler(.3f, 3, 5)) {
      int[] canvases = sampler.canvasesOf(0);
      float[] starts = sampler.starts(MIXED, canvases);
      Drawings sane = sampler.draw(MIXED, 0, canvases, starts);
      starts[2 * ELEMENTS + 7] = Float.NaN;
      Drawings repaired = sampler.draw(MIXED, 0, canvases, starts);
      assertEquals(0, sane.brokenChains());
      assertEquals(1, repaired.brokenChains());
      for (int index = 0; index < repaired.images().length; index++) {
        assertTrue(Float.isFinite(repaired.images()[index]), "pixel " + index);
        if (index / ELEMENTS != 2) {
          assertEquals(sane.images()[index], repaired.images()[index], "pixel " + index);
        }
      }
    }
  }

  @Test
  void chainsThatDoNotLeaveTheirCanvasAreCounted() {
    try (ImageSampler still = sampler(1e-9f, 1, 5);
        ImageSampler moving = sampler(3, 60, 5)) {
      assertEquals(5, still.draw(MIXED, 0).stuckChains());
      assertEquals(0, moving.draw(MIXED, 0).stuckChains());
    }
  }

  @Test
  void aTraceFollowsTheDrawing() {
    try (ImageSampler sampler = sampler(.3f, 10, 5)) {
      int[] canvases = sampler.canvasesOf(4);
      Drawings drawn = sampler.draw(MIXED, 4, canvases);
      ChainTrace trace = sampler.trace(MIXED, 4, canvases[0], sampler.starts(MIXED, canvases));
      assertEquals(11, trace.points().size());
      assertEquals(List.of(), trace.exact());
      assertArrayEquals(drawn.classTerm(), trace.points().getLast().classTerm());
      assertArrayEquals(drawn.gramLoss(), trace.points().getLast().gramLoss());
      assertArrayEquals(new float[5], trace.points().getFirst().displacement());
      assertTrue(trace.points().getLast().displacement()[0] > 0);
    }
  }

  @Test
  void brokenChainsAreNamedAndNeverReturned() {
    float[] weights = MIXED.clone();
    weights[2 * CLASSES] = Float.NaN;
    try (ImageSampler sampler = sampler(.3f, 3, 5)) {
      BrokenChainsException problem =
          assertThrows(BrokenChainsException.class, () -> sampler.draw(weights, 0));
      assertTrue(problem.getMessage().startsWith("1 of 5 chains"), problem.getMessage());
    }
  }

  private ImageSampler sampler(float stepSize, int steps, int count) {
    return sampler(new ChainPlan(steps, 0, 1, 1, Preconditioning.IDENTITY), stepSize, count);
  }

  private ImageSampler sampler(ChainPlan plan, float stepSize, int count) {
    return new ImageSampler(
        device,
        new ImageSampler.Subject(classifier, parameters),
        guidance(new ClassTerm.LogSigmoid()),
        new Walk.Ascent(stepSize, 1e-4f, new ShortRun.StepShape(null, 0, 0)),
        plan,
        PictureCanvas.blank(0, ELEMENTS, .3f),
        new ImageSampler.Noise(11, Purpose.CANVAS),
        count);
  }
}
