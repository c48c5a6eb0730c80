package org.stic.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLoss;
import org.stic.sampler.Preconditioning;

/** When a step along the Gram term is known to be unstable. */
class GuidedSamplerSettingsTest {

  @Test
  void aQuadraticLossBeyondItsLimitIsCautionedAgainst() {
    StepSettings step = StepSettings.Langevin.plain(40, .5, 1e-4);
    assertEquals(List.of(), settings(50, GramLoss.QUADRATIC, step).cautions());
    List<String> cautions = settings(60, GramLoss.QUADRATIC, step).cautions();
    assertEquals(1, cautions.size());
    assertTrue(
        cautions.getFirst().contains("is 30.00 (step size times Gram weight), beyond about 25"));
    assertTrue(cautions.getFirst().contains("lower sampler.step.size or sampler.gram.weight"));
  }

  @Test
  void theSafeLossAndAnUnusedTermHaveNoLimit() {
    StepSettings step = StepSettings.Langevin.plain(40, 1, 1e-4);
    assertEquals(List.of(), settings(400, GramLoss.SAFE, step).cautions());
    GuidedSamplerSettings without = settings(400, GramLoss.QUADRATIC, step);
    assertEquals(List.of(), without.withGram(without.gram().withLayers(List.of())).cautions());
  }

  @Test
  void freeWeightsAreJudgedByThePriorsWeight() {
    StepSettings calm = new StepSettings.Ppgn(40, 20, 1, .01);
    StepSettings wild = new StepSettings.Ppgn(40, 40, 1, .01);
    assertEquals(List.of(), settings(400, GramLoss.QUADRATIC, calm).cautions());
    assertEquals(1, settings(1, GramLoss.QUADRATIC, wild).cautions().size());
  }

  private static GuidedSamplerSettings settings(double weight, GramLoss loss, StepSettings step) {
    return new GuidedSamplerSettings(
        new ClassTerm.Logit(),
        new GramSettings(
            weight, GramLayerSettings.of("1"), new GramTargetSettings.OneImage(), loss),
        step,
        new CanvasSettings.Constant(-1, .3),
        new ExactSettings(1e-3, 1e-3, Preconditioning.IDENTITY));
  }
}
