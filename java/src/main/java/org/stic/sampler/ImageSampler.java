package org.stic.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
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
  private final int classes;
  private final double diffusion;
  private final GuidedDensity density;
  private final Chains chains;
  private final Program measure;

  /** Who draws. */
  public record Subject(ClassifierNetwork classifier, ParameterStore parameters) {}

  /**
   * What draws an image to its classes.
   *
   * @param classTerm form of the class term
   * @param gram what keeps its texture real
   */
  public record Guidance(ClassTerm classTerm, Gram gram) {}

  /**
   * The Gram loss.
   *
   * @param weight its weight lambda
   * @param layers where it looks
   * @param loss its form
   * @param target what it draws to
   */
  public record Gram(double weight, GramLayers layers, GramLoss loss, GramTarget target) {}

  /**
   * Keys of all random numbers.
   *
   * @param purpose of the canvases' noise; the chains' noise follows from it too
   */
  public record Noise(long seed, Purpose purpose) {
    /** Seed of the chains' noise. */
    public long chainSeed() {
      return new RandomKey(seed, Purpose.CHAIN_NOISE, purpose.code(), 0).generator().nextLong();
    }

    /** Seed of the choice of real images. */
    public long gramSeed() {
      return new RandomKey(seed, Purpose.GRAM_TARGET, purpose.code(), 0).generator().nextLong();
    }
  }

  /**
   * Compiles the programs.
   *
   * @param walk the rule of the approximate steps
   * @param count how many images are drawn at once
   */
  public ImageSampler(
      Device device,
      Subject subject,
      Guidance guidance,
      Walk walk,
      ChainPlan plan,
      Canvas canvas,
      Noise noise,
      int count) {
    this.canvas = canvas;
    this.plan = plan;
    this.noise = noise;
    classes = subject.classifier().classes();
    diffusion = walk.noise() * Math.sqrt(plan.steps());
    density = new GuidedDensity(device, subject, guidance, noise.gramSeed(), count);
    Shape image = subject.classifier().input();
    Shape positions = Shape.of(count, image.dim(0), image.dim(1), image.dim(2));
    Sampler rule = walk.on(density, noise.chainSeed());
    chains = new Chains(device, rule, density, positions, plan, noise.chainSeed());
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
    float[] start = new float[count() * canvas.elements()];
    IntStream.range(0, count()).forEach(chain -> fill(classWeights, canvases, 0, chain, start));
    return start;
  }

  private void fill(float[] classWeights, int[] canvases, int attempt, int chain, float[] start) {
    Canvas.Key key = new Canvas.Key(noise.seed(), noise.purpose(), canvases[chain], attempt);
    float[] weights = Arrays.copyOfRange(classWeights, chain * classes, (chain + 1) * classes);
    canvas.fill(key, weights, start, chain * canvas.elements());
  }

  @Override
  public Drawings draw(float[] classWeights, int drawing, int[] canvases, float[] starts) {
    float[] start = starts.clone();
    density.condition(classWeights, canvases);
    ChainResults results = run(start, drawing, 0);
    int restarted = 0;
    for (int attempt = 1; results.broken() > 0; attempt++) {
      if (attempt == ATTEMPTS) {
        throw new BrokenChainsException(results.broken(), count(), ATTEMPTS);
      }
      restarted += results.broken();
      for (int chain = 0; chain < count(); chain++) {
        if (results.isBroken(chain)) {
          fill(classWeights, canvases, attempt, chain, start);
        }
      }
      repair(results, run(start, drawing, attempt));
    }
    return results.drawings(start, diffusion, restarted);
  }

  private ChainResults run(float[] start, int drawing, int attempt) {
    int firstStep = firstStep(drawing, attempt);
    chains.place(start, firstStep);
    measure.run();
    float[] startTerm = measure.get("class-term");
    chains.run(start, firstStep);
    measure.run();
    return new ChainResults(
        chains.positions(),
        chains.acceptance(),
        chains.brokenProposals(),
        chains.stepSize(),
        startTerm,
        measure.get("class-term"),
        measure.get("gram-loss"));
  }

  private int firstStep(int drawing, int attempt) {
    return Math.multiplyExact(drawing * ATTEMPTS + attempt, plan.totalSteps());
  }

  /** Takes over the chains that were broken; the others keep their result. */
  private static void repair(ChainResults results, ChainResults again) {
    for (int chain = 0; chain < results.classTerm().length; chain++) {
      if (results.isBroken(chain)) {
        results.take(again, chain);
      }
    }
  }

  /**
   * Watches all chains of a drawing, which waits for the device at every step. All chains have the
   * targets of one canvas, so that chains of equal class weights sample the same density.
   *
   * @param canvas whose targets they have
   * @param starts what the chains begin with, one image after another
   */
  public ChainTrace trace(float[] classWeights, int drawing, int canvas, float[] starts) {
    int[] canvases = new int[count()];
    Arrays.fill(canvases, canvas);
    density.condition(classWeights, canvases);
    chains.place(starts, firstStep(drawing, 0));
    float[] none = new float[count()];
    Arrays.fill(none, Float.NaN);
    List<ChainTrace.Point> points = new ArrayList<>();
    points.add(point(0, starts, none));
    for (int step = 1; step <= plan.steps(); step++) {
      chains.walk(1);
      points.add(point(step, starts, none));
    }
    if (plan.correctionSteps() > 0) {
      chains.warmUp();
      for (int step = plan.steps() + plan.warmUpSteps() + 1; step <= plan.totalSteps(); step++) {
        chains.correct(1);
        points.add(point(step, starts, chains.lastAcceptance()));
      }
    }
    return new ChainTrace(points, plan.steps(), plan.warmUpSteps(), chains.stepSize());
  }

  private ChainTrace.Point point(int step, float[] starts, float[] acceptance) {
    measure.run();
    return new ChainTrace.Point(
        step,
        measure.get("class-term"),
        measure.get("gram-loss"),
        displacements(chains.positions(), starts),
        acceptance);
  }

  /** Root-mean-square change of each chain's pixels. */
  private float[] displacements(float[] images, float[] starts) {
    float[] displacement = new float[count()];
    for (int chain = 0; chain < count(); chain++) {
      double squares = 0;
      for (int element = 0; element < canvas.elements(); element++) {
        int index = chain * canvas.elements() + element;
        squares += Math.pow(images[index] - starts[index], 2);
      }
      displacement[chain] = (float) Math.sqrt(squares / canvas.elements());
    }
    return displacement;
  }

  @Override
  public void close() {
    measure.close();
    chains.close();
    density.close();
  }
}
