package org.stic.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Shape;

/**
 * Canvases with the coarse layout and colours of the class's real images: a draw from the normal
 * distribution of their {@link CoarseGrid}, interpolated, plus noise on every pixel. A mixture of
 * classes has the weighted sum of one draw of each.
 */
public final class ClassGaussianCanvas implements Canvas {
  /** Classes whose distributions are kept: 120 MB of 32 x 32 colour images. */
  private static final int MOST_KEPT = 100;

  private final Device device;
  private final ClassImages images;
  private final CoarseGrid grid;
  private final Map<Integer, ClassGaussian> kept = new LinkedHashMap<>(16, .75f, true);
  private final float noise;

  /**
   * Canvases of the classes of real images; a class's distribution is fitted when it is first asked
   * for, and again if more others than can be kept were asked for since.
   *
   * @param image shape of one image, [channels, height, width]
   * @param noise deviation of the noise
   */
  public ClassGaussianCanvas(Device device, ClassImages images, Shape image, float noise) {
    this.device = device;
    this.images = images;
    this.noise = noise;
    grid = CoarseGrid.of(image);
  }

  private ClassGaussian ofClass(int label) {
    ClassGaussian known = kept.get(label);
    if (known != null) {
      return known;
    }
    ClassGaussian fitted = ClassGaussian.of(device, images, label, grid);
    kept.put(label, fitted);
    if (kept.size() > MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return fitted;
  }

  @Override
  public int elements() {
    return grid.image().intElements();
  }

  @Override
  public void fill(Key key, float[] classWeights, float[] target, int start) {
    float[] coarse = new float[grid.elements()];
    for (int label = 0; label < classWeights.length; label++) {
      if (classWeights[label] != 0) {
        ofClass(label).addDraw(key.ofClass(label), classWeights[label], coarse);
      }
    }
    grid.interpolate(coarse, target, start);
    Canvas.addNoise(key.pixels(), noise, target, start, elements());
  }
}
