package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Wall;

/**
 * Updates of chains of images that are preconditioned by a {@link LowPass}: {@code u = H(eps P o (H
 * g H) + sqrt(2 eps T P) o xi)H} in the {@link HartleyTransform} H, which is the filtered gradient
 * plus noise of the filter's spectrum. Owns its memory.
 */
public final class StepFilter implements AutoCloseable {
  private final HartleyTransform transform;
  private final Variable gains;

  /**
   * A filter on images.
   *
   * @param image shape of one image, [channels, height, width]
   */
  public StepFilter(Device device, LowPass filter, Shape image) {
    transform = new HartleyTransform(device, image.dim(1), image.dim(2));
    gains = Variable.allocate(device, "step-gains", Shape.of(image.intElements()));
    gains.upload(HartleyTransform.gains(filter, image.dim(0), image.dim(1), image.dim(2)));
  }

  /** The update of each chain, as the gradient. */
  Tensor update(Tensor gradient, Tensor counter, float stepSize, float temperature, long seed) {
    var graph = gradient.graph();
    Tensor spectrum = transform.of(gradient);
    Tensor still = graph.constant(spectrum.shape(), 0);
    Tensor step = graph.constant(Shape.of(1), stepSize);
    return transform.of(
        Ops.langevin(
            still, spectrum, step, graph.read(gains), counter, temperature, seed, Wall.NONE));
  }

  @Override
  public void close() {
    transform.close();
    gains.close();
  }
}
