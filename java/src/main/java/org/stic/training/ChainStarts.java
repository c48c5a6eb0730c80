package org.stic.training;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.settings.ChainSettings;
import org.stic.settings.PassSettings;

/** Decides for which classes the chains of each refresh draw, and with which images they begin. */
sealed interface ChainStarts permits CanvasStarts, ChainBuffer {

  /**
   * The chains of one refresh, hard ones first.
   *
   * @param classWeights one row of class weights per chain
   * @param images what each chain begins with, in [-1, 1]; null for a canvas
   * @param slots where each chain is kept; empty if none is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Start(float[] classWeights, float[][] images, int[] slots) {

    /** Puts the images that are given in place of canvases, one image after another. */
    void replace(float[] canvases) {
      int elements = canvases.length / images.length;
      for (int chain = 0; chain < images.length; chain++) {
        if (images[chain] != null) {
          System.arraycopy(images[chain], 0, canvases, chain * elements, elements);
        }
      }
    }
  }

  /** What a pass's settings ask for. */
  static ChainStarts of(PassSettings pass, int imageElements, int classes) {
    return switch (pass.chains()) {
      case ChainSettings.Canvas _ -> new CanvasStarts(pass, new ClassWeights(classes));
      case ChainSettings.Persistent(int size, double restart) ->
          ChainBuffer.atRandom(pass, size, restart, imageElements, new ClassWeights(classes));
      case ChainSettings.Cascade _ ->
          ChainBuffer.inTurn(pass, imageElements, new ClassWeights(classes));
    };
  }

  /**
   * The chains of a refresh.
   *
   * @param refresh number of the refresh, counted over all passes
   */
  Start next(int refresh, RandomGenerator random);

  /** Keeps what the chains became, one image after another. */
  void finish(Start start, float[] drawings);

  /** Adds what is kept to a checkpoint. */
  void store(Map<String, StoredTensor> tensors);

  /** Takes what is kept from a checkpoint. */
  void restore(Safetensors file) throws SafetensorsException;
}
