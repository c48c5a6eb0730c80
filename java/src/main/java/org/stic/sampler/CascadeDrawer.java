package org.stic.sampler;

import java.util.List;
import org.stic.graph.Variable;

/**
 * Draws with a line of classifiers that differ in their parameters alone: chains run under the
 * oldest, go on under the next one, and end under the present one, which the diagnostics are about.
 * With no older classifier it is the present one's drawer. Owns the two drawers.
 *
 * <p>Source: Lazarow, Jin, Tu, "Introspective neural networks for generative modeling", ICCV 2017.
 */
public final class CascadeDrawer implements Drawer {
  /** Drawings of older classifiers are numbered apart by this many. */
  private static final int MOST_STAGES = 1024;

  private final Drawer older;
  private final Drawer present;
  private final Variable parameters;
  private final List<float[]> stages;

  /**
   * Joins drawers of equal counts.
   *
   * @param older draws under each older classifier; its noise must not be the present one's
   * @param present draws under the present classifier
   * @param parameters what both drawers read
   * @param stages the parameters of the older classifiers, oldest first; read at each drawing, so
   *     that the line may grow
   */
  public CascadeDrawer(Drawer older, Drawer present, Variable parameters, List<float[]> stages) {
    this.older = older;
    this.present = present;
    this.parameters = parameters;
    this.stages = stages;
  }

  @Override
  public int count() {
    return present.count();
  }

  @Override
  public float[] starts(float[] classWeights, int[] canvases) {
    return present.starts(classWeights, canvases);
  }

  @Override
  public Drawings draw(float[] classWeights, int drawing, int[] canvases, float[] starts) {
    float[] images = starts;
    float[] own = parameters.download();
    try {
      for (int stage = 0; stage < stages.size(); stage++) {
        parameters.upload(stages.get(stage));
        int number = Math.addExact(Math.multiplyExact(drawing, MOST_STAGES), stage);
        images = older.draw(classWeights, number, canvases, images).images();
      }
    } finally {
      parameters.upload(own);
    }
    return present.draw(classWeights, drawing, canvases, images);
  }

  @Override
  public void close() {
    older.close();
    present.close();
  }
}
