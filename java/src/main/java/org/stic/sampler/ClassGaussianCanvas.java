package org.stic.sampler;

import java.util.List;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Shape;

/**
 * Canvases with the coarse layout and colours of the class's real images: a draw from the normal
 * distribution of their {@link CoarseGrid}, interpolated, plus noise on every pixel. A mixture of
 * classes has the weighted sum of one draw of each.
 */
public final class ClassGaussianCanvas implements Canvas {
  private final CoarseGrid grid;
  private final List<ClassGaussian> classes;
  private final float noise;

  /**
   * Fits the classes' distributions.
   *
   * @param image shape of one image, [channels, height, width]
   * @param noise deviation of the noise
   */
  public ClassGaussianCanvas(Device device, ClassImages images, Shape image, float noise) {
    grid = CoarseGrid.of(image);
    this.noise = noise;
    classes =
        IntStream.range(0, images.classes())
            .mapToObj(label -> ClassGaussian.of(device, images, label, grid))
            .toList();
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
        classes.get(label).addDraw(key.ofClass(label), classWeights[label], coarse);
      }
    }
    grid.interpolate(coarse, target, start);
    Canvas.addNoise(key.pixels(), noise, target, start, elements());
  }
}
