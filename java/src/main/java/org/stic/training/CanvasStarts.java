package org.stic.training;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.stic.model.Safetensors;
import org.stic.model.StoredTensor;
import org.stic.settings.PassSettings;

/** Chains that begin at canvases and are forgotten. */
record CanvasStarts(PassSettings pass, ClassWeights classWeights) implements ChainStarts {

  @Override
  public Start next(int refresh, RandomGenerator random) {
    float[] rows = classWeights.choose(pass.hardFakes(), pass.softFakes(), random);
    return new Start(rows, new float[pass.drawings()][], new int[0]);
  }

  @Override
  public void finish(Start start, float[] drawings) {
    // Nothing is kept.
  }

  @Override
  public void store(Map<String, StoredTensor> tensors) {
    // Nothing is kept.
  }

  @Override
  public void restore(Safetensors file) {
    // Nothing is kept.
  }
}
