package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ConvClassifier;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * Draws by climbing the class logits, guided by Gram matrices. A chain that reaches a number that
 * is not finite starts again from another canvas, and is counted. Owns its programs.
 */
public final class ImageSampler implements Drawer {
  private static final int ATTEMPTS = 4;

  private final Canvas canvas;
  private final ChainPlan plan;
  private final Noise noise;
  private final GuidedDensity density;
  private final Chains chains;
  private final Program measure;

  /**
   * Who draws.
   *
   * @param classGrams class means of the classifier's Gram matrices, updated at each drawing
   */
  public record Subject(
      ConvClassifier classifier, ParameterStore parameters, GramTargets classGrams) {}

  /**
   * What draws an image to its classes.
   *
   * @param classTerm form of the class term
   * @param gramWeight weight lambda of the Gram loss
   */
  public record Guidance(ClassTerm classTerm, double gramWeight) {}

  /**
   * Keys of all random numbers.
   *
   * @param purpose of the canvases' noise; the chains' noise follows from it too
   */
  public record Noise(long seed, Purpose purpose) {
    long chainSeed() {
      return new RandomKey(seed, Purpose.CHAIN_NOISE, purpose.code(), 0).generator().nextLong();
    }
  }

  /**
   * Compiles the programs.
   *
   * @param count how many images are drawn at once
   */
  public ImageSampler(
      Device device,
      Subject subject,
      Guidance guidance,
      ChainPlan plan,
      Canvas canvas,
      Noise noise,
      int count) {
    this.canvas = canvas;
    this.plan = plan;
    this.noise = noise;
    density = new GuidedDensity(device, subject, guidance, count);
    Shape image = subject.classifier().input();
    Shape positions = Shape.of(count, image.dim(0), image.dim(1), image.dim(2));
    chains = new Chains(device, density, positions, plan, noise.chainSeed());
    measure = compileMeasure(device);
  }

  private Program compileMeasure(Device device) {
    Graph graph = new Graph();
    Tensor position = graph.read(chains.state().position());
    GuidedDensity.Terms terms = density.terms(position);
    graph.output("class-term", terms.classTerm());
    graph.output("gram-loss", terms.gramLoss());
    return Program.compile(device, graph);
  }

  @Override
  public int count() {
    return chains.count();
  }

  @Override
  public float[] starts(float[] classWeights, int[] canvases) {
    float[] starts = new float[count() * canvas.elements()];
    for (int chain = 0; chain < count(); chain++) {
      canvas.fill(noise.seed(), noise.purpose(), canvases[chain], 0, chain, starts);
    }
    return starts;
  }

  @Override
  public Drawings draw(float[] classWeights, int drawing, int[] canvases, float[] starts) {
    float[] start = starts.clone();
    density.condition(classWeights);
    Result result = run(start, drawing, 0);
    int restarted = 0;
    for (int attempt = 1; result.broken() > 0; attempt++) {
      if (attempt == ATTEMPTS) {
        throw new BrokenChainsException(result.broken(), count(), ATTEMPTS);
      }
      restarted += result.broken();
      result = repair(result, start, drawing, canvases, attempt);
    }
    return result.drawings(start, restarted);
  }

  private Result run(float[] start, int drawing, int attempt) {
    chains.run(start, Math.multiplyExact(drawing * ATTEMPTS + attempt, plan.totalSteps()));
    measure.run();
    return new Result(
        chains.positions(),
        chains.acceptance(),
        chains.brokenProposals(),
        chains.stepSize(),
        measure.get("class-term"),
        measure.get("gram-loss"));
  }

  /** Runs all chains again and takes over those that were broken; the others keep their result. */
  private Result repair(Result result, float[] start, int drawing, int[] canvases, int attempt) {
    for (int chain = 0; chain < count(); chain++) {
      if (result.isBroken(chain)) {
        canvas.fill(noise.seed(), noise.purpose(), canvases[chain], attempt, chain, start);
      }
    }
    Result again = run(start, drawing, attempt);
    for (int chain = 0; chain < count(); chain++) {
      if (result.isBroken(chain)) {
        result.take(again, chain);
      }
    }
    return result;
  }

  /** What came back from the device, one row per chain. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Result(
      float[] images,
      double[] acceptance,
      int[] brokenProposals,
      float stepSize,
      float[] classTerm,
      float[] gramLoss) {

    boolean isBroken(int chain) {
      return brokenProposals[chain] > 0
          || !Float.isFinite(classTerm[chain])
          || !Float.isFinite(gramLoss[chain])
          || hasNonFinitePixel(chain);
    }

    private boolean hasNonFinitePixel(int chain) {
      int elements = images.length / classTerm.length;
      for (int element = chain * elements; element < (chain + 1) * elements; element++) {
        if (!Float.isFinite(images[element])) {
          return true;
        }
      }
      return false;
    }

    int broken() {
      int broken = 0;
      for (int chain = 0; chain < classTerm.length; chain++) {
        broken += isBroken(chain) ? 1 : 0;
      }
      return broken;
    }

    void take(Result other, int chain) {
      int elements = images.length / classTerm.length;
      System.arraycopy(other.images, chain * elements, images, chain * elements, elements);
      acceptance[chain] = other.acceptance[chain];
      brokenProposals[chain] = other.brokenProposals[chain];
      classTerm[chain] = other.classTerm[chain];
      gramLoss[chain] = other.gramLoss[chain];
    }

    Drawings drawings(float[] start, int restarted) {
      double squares = 0;
      for (int element = 0; element < images.length; element++) {
        double change = images[element] - start[element];
        squares += change * change;
      }
      double displacement = Math.sqrt(squares / images.length);
      return new Drawings(
          images, acceptance, stepSize, classTerm, gramLoss, displacement, restarted);
    }
  }

  @Override
  public void close() {
    measure.close();
    chains.close();
    density.close();
  }
}
