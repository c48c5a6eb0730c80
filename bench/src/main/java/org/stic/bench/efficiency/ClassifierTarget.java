package org.stic.bench.efficiency;

import java.util.Optional;
import java.util.stream.IntStream;
import org.stic.bench.Recipe;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.sampler.GuidedDensity;
import org.stic.sampler.LogDensity;

/**
 * The density of the recipe's drawings of one class: its classifier, untrained, with the Gram term.
 * Owns its memory, but not the device.
 */
final class ClassifierTarget implements Target {
  static final String LABEL = "classifier";
  private static final float TEMPERATURE = 1e-3f;
  private static final int IMAGES_PER_CLASS = 10;

  private final Recipe recipe;
  private final GuidedDensity density;

  ClassifierTarget(Device device, int chains) {
    recipe = new Recipe(device, IMAGES_PER_CLASS);
    density = new GuidedDensity(device, recipe.subject(), recipe.guidance(), 1, chains);
    float[] firstClass = new float[chains * Recipe.CLASSES];
    IntStream.range(0, chains).forEach(chain -> firstClass[chain * Recipe.CLASSES] = 1);
    density.condition(firstClass, new int[chains]);
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Shape shape(int chains) {
    Shape image = Recipe.IMAGE;
    return Shape.of(chains, image.dim(0), image.dim(1), image.dim(2));
  }

  @Override
  public LogDensity density() {
    return density;
  }

  @Override
  public float temperature() {
    return TEMPERATURE;
  }

  @Override
  public float approximateStepSize() {
    return 1;
  }

  @Override
  public float firstStepSize() {
    return 1e-3f;
  }

  @Override
  public float[] start(int chains, long seed) {
    return Recipe.noise(chains * Recipe.IMAGE.intElements());
  }

  @Override
  public Optional<double[]> variances() {
    return Optional.empty();
  }

  @Override
  public void close() {
    density.close();
    recipe.close();
  }
}
