package org.stic.attention;

import org.stic.cuda.Device;
import org.stic.graph.Tensor;
import org.stic.sampler.GramTarget;
import org.stic.sampler.GuidedDensity;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.LogDensity;
import org.stic.sampler.SplitDensity;

/**
 * The log-density of glimpses of given classes, whose Gram targets are glimpses of real images
 * through windows of the same size. Owns its memory.
 */
final class GlimpseDensity implements AutoCloseable {
  private final GuidedDensity density;
  private final GlimpseSource source;

  private GlimpseDensity(GuidedDensity density, GlimpseSource source) {
    this.density = density;
    this.source = source;
  }

  /**
   * The density of a number of chains.
   *
   * @param choice how windows are placed on real images
   * @param seed key of the choice of real images
   */
  static GlimpseDensity of(
      Device device,
      AttentiveSampler.Subject subject,
      AttentiveSampler.Guidance guidance,
      WindowChoice choice,
      long seed,
      int chains) {
    GlimpseSource source =
        new GlimpseSource(device, new GlimpseSource.Setup(subject, guidance, choice, seed), chains);
    ImageSampler.Gram gram = guidance.gram();
    GuidedDensity density =
        new GuidedDensity(
            device,
            new ImageSampler.Subject(subject.network().glimpses(), subject.parameters()),
            new ImageSampler.Guidance(
                guidance.classTerm(),
                new ImageSampler.Gram(
                    gram.weight(),
                    gram.layers(),
                    gram.loss(),
                    new GramTarget.Supplied(source::bind))),
            seed,
            chains);
    return new GlimpseDensity(density, source);
  }

  /**
   * Sets the class weights of all chains and the targets of windows of a size.
   *
   * @param classWeights one row of class weights per chain
   * @param canvases number of each chain's canvas
   * @param stride of the windows
   * @param step number of the drawing step
   */
  void condition(float[] classWeights, int[] canvases, double stride, int step) {
    source.look(stride, step);
    density.condition(classWeights, canvases);
  }

  /** The density of the glimpses that a window sees once something is drawn in it. */
  SplitDensity through(Easel easel) {
    return new SplitDensity() {
      @Override
      public Tensor of(Tensor u) {
        return density.of(easel.glimpses(u));
      }

      @Override
      public LogDensity weighted(double classWeight, double gramWeight) {
        LogDensity inner = density.weighted(classWeight, gramWeight);
        return u -> inner.of(easel.glimpses(u));
      }
    };
  }

  /** The Gram loss of each glimpse, shape [chains]. */
  Tensor gramLoss(Tensor glimpses) {
    return density.terms(glimpses).gramLoss();
  }

  @Override
  public void close() {
    density.close();
  }
}
