package org.stic.sampler;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * Draws with the score of a network by annealed Langevin dynamics, from the data's mean with the
 * highest noise. A set with chains that reach numbers that are not finite is drawn again with other
 * noise, those chains from other starts, and they are counted. Owns its programs.
 */
public final class AnnealedSampler implements Drawer {
  private static final int ATTEMPTS = 4;

  private final Setup setup;
  private final ScoreGuidance guidance;
  private final AnnealedLangevin chains;
  private final Program measure;
  private final int count;

  /**
   * What the chains are.
   *
   * @param levels levels of noise
   * @param langevinSteps Langevin steps at each level
   * @param stepScale their size in units of the level's variance
   * @param temperature their temperature
   * @param mean the mean image, around which chains start
   * @param noise keys of all random numbers
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Setup(
      NoiseLevels levels,
      int langevinSteps,
      float stepScale,
      float temperature,
      float[] mean,
      ImageSampler.Noise noise) {}

  /**
   * Compiles the programs.
   *
   * @param image shape of one image
   * @param guidance of {@code count} chains; closed with this drawer
   * @param count how many images are drawn at once
   */
  public AnnealedSampler(
      Device device, Shape image, ScoreGuidance guidance, Setup setup, int count) {
    this.setup = setup;
    this.guidance = guidance;
    this.count = count;
    Shape positions = Shape.of(count, image.dim(0), image.dim(1), image.dim(2));
    AnnealedLangevin.Plan plan =
        new AnnealedLangevin.Plan(
            setup.langevinSteps(),
            setup.stepScale(),
            setup.temperature(),
            setup.noise().chainSeed(),
            Purpose.CHAIN_NOISE.code());
    chains =
        new AnnealedLangevin(
            device, guidance, setup.levels(), plan, positions, guidance::atNextLevel);
    Graph graph = new Graph();
    Tensor lowest =
        graph.constant(Shape.of(1, 1), setup.levels().deviation(setup.levels().count() - 1));
    graph.output("class-term", guidance.classTerm(graph.read(chains.position()), lowest));
    measure = Program.compile(device, graph);
  }

  @Override
  public int count() {
    return count;
  }

  /** The data's mean with the highest noise; unlike drawings, it leaves [-1, 1]. */
  @Override
  public float[] starts(float[] classWeights, int[] canvases) {
    float[] starts = new float[count * setup.mean().length];
    for (int chain = 0; chain < count; chain++) {
      fill(canvases[chain], 0, chain, starts);
    }
    return starts;
  }

  private void fill(int canvas, int attempt, int chain, float[] starts) {
    float highest = setup.levels().deviation(0);
    RandomGenerator random =
        new RandomKey(setup.noise().seed(), setup.noise().purpose(), canvas, attempt).generator();
    for (int element = 0; element < setup.mean().length; element++) {
      float noise = highest * (float) random.nextGaussian();
      starts[chain * setup.mean().length + element] = setup.mean()[element] + noise;
    }
  }

  @Override
  public Drawings draw(float[] classWeights, int drawing, int[] canvases, float[] starts) {
    guidance.condition(classWeights);
    float[] start = starts.clone();
    int restarted = 0;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int number = drawing * ATTEMPTS + attempt - 1;
      chains.run(start, Math.multiplyExact(number, chains.totalSteps()));
      measure.run();
      float[] images = chains.position().download();
      int[] broken = broken(images);
      if (broken.length == 0) {
        return drawings(images, start, restarted);
      }
      restarted += broken.length;
      for (int chain : broken) {
        fill(canvases[chain], attempt, chain, start);
      }
    }
    throw new BrokenChainsException(restarted, count, ATTEMPTS);
  }

  /** The chains with a number that is not finite. */
  private int[] broken(float[] images) {
    int elements = setup.mean().length;
    return IntStream.range(0, count)
        .filter(
            chain ->
                IntStream.range(chain * elements, (chain + 1) * elements)
                    .anyMatch(element -> !Float.isFinite(images[element])))
        .toArray();
  }

  private Drawings drawings(float[] images, float[] start, int restarted) {
    double squares = 0;
    for (int element = 0; element < images.length; element++) {
      images[element] = Math.clamp(images[element], -1f, 1f);
      double change = images[element] - start[element];
      squares += change * change;
    }
    double[] acceptance = new double[count];
    Arrays.fill(acceptance, Double.NaN);
    float[] gramLoss = new float[count];
    Arrays.fill(gramLoss, Float.NaN);
    return new Drawings(
        images,
        acceptance,
        Float.NaN,
        measure.get("class-term"),
        gramLoss,
        Math.sqrt(squares / images.length),
        restarted,
        0);
  }

  @Override
  public void close() {
    measure.close();
    chains.close();
    guidance.close();
  }
}
