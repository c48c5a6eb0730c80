package org.stic.sampler;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;

/**
 * Chains that follow the score S of noisy data from the highest to the lowest noise. At a level of
 * deviation s they take Langevin steps, then one ancestral step to the next level s', which is 0
 * after the last:
 *
 * <pre>
 *   x += c s^2 S + sqrt(2 c T) s xi,
 *   x += (s^2 - s'^2) S + sqrt(T s'^2 (s^2 - s'^2) / s^2) xi.
 * </pre>
 *
 * <p>Where the root mean square of {@code s S} over a chain's elements, which is about 1 for a true
 * score, exceeds {@value #LARGEST_SCORE}, S is shortened to that: the network was never asked about
 * such a place, and the chain would run away.
 *
 * <p>A run is enqueued as a whole; nothing waits for the device. Owns its programs and memory.
 *
 * <p>Sources: Song and Ermon, "Generative modeling by estimating gradients of the data
 * distribution", 2019; the ancestral step: Song et al., "Score-based generative modeling through
 * stochastic differential equations", 2021, appendix F.
 */
public final class AnnealedLangevin implements AutoCloseable {
  private static final float LARGEST_SCORE = 10;
  private static final float TINY = 1e-20f;

  private final NoiseLevels levels;
  private final Plan plan;
  private final NoisyDensity density;
  private final Ring ring;
  private final Variable position;
  private final Variable step;
  private final Program langevin;
  private final Program ancestral;

  /**
   * How a chain goes.
   *
   * @param langevinSteps Langevin steps at each level
   * @param stepScale c
   * @param temperature T
   * @param seed key of the noise
   * @param purpose with the seed, key of the noise
   */
  public record Plan(
      int langevinSteps, float stepScale, float temperature, long seed, int purpose) {}

  /**
   * Compiles the programs.
   *
   * @param shape shape of all positions, [chains, ...]
   * @param atNextLevel adds the nodes by which what the density reads goes on to the next level
   */
  public AnnealedLangevin(
      Device device,
      NoisyDensity density,
      NoiseLevels levels,
      Plan plan,
      Shape shape,
      Consumer<Graph> atNextLevel) {
    this.levels = levels;
    this.plan = plan;
    this.density = density;
    ring = new Ring(device, "noise-levels", Shape.of(levels.count(), 2));
    ring.upload(levels.pairs());
    position = Variable.allocate(device, "position", shape);
    step = Variable.allocateCounters(device, "step", Shape.of(1));
    Graph inside = new Graph();
    langevin(inside);
    langevin = Program.compile(device, inside);
    Graph between = new Graph();
    ancestral(between);
    ring.turn(between);
    atNextLevel.accept(between);
    ancestral = Program.compile(device, between);
  }

  private void langevin(Graph graph) {
    Tensor variance = Ops.square(noise(graph));
    Tensor drift = Ops.scale(variance, plan.stepScale());
    Tensor diffusion = Ops.scale(variance, 2 * plan.stepScale() * plan.temperature());
    move(graph, drift, diffusion);
  }

  private void ancestral(Graph graph) {
    Tensor variance = Ops.square(noise(graph));
    Tensor next = Ops.square(Ops.slice(ring.first(graph), 1, 1, 2));
    Tensor drift = Ops.subtract(variance, next);
    Tensor diffusion = Ops.divide(Ops.multiply(next, drift), variance);
    move(graph, drift, Ops.scale(diffusion, plan.temperature()));
  }

  /** {@code x += drift S + sqrt(diffusion) xi}; both factors have shape [1, 1]. */
  private void move(Graph graph, Tensor drift, Tensor diffusion) {
    Tensor x = graph.read(position);
    Tensor score = limited(Gradients.of(density.of(x, noise(graph)), List.of(x)).getFirst());
    Tensor xi = Ops.normal(graph.read(step), plan.seed(), plan.purpose(), x.shape());
    Tensor moved = Ops.add(x, Ops.multiply(scalar(drift), score));
    graph.assign(position, Ops.add(moved, Ops.multiply(scalar(Ops.sqrt(diffusion)), xi)));
    graph.effect(new IncrementEffect(step));
  }

  /** The score, shortened where it is too long. */
  private Tensor limited(Tensor score) {
    Graph graph = score.graph();
    int rank = score.shape().rank();
    Tensor squares = Ops.mean(Ops.square(score), IntStream.range(1, rank).toArray());
    Tensor length = Ops.sqrt(Ops.affine(squares, 1, TINY));
    Tensor relative = Ops.multiply(length, Ops.reshape(noise(graph), Shape.SCALAR));
    Tensor limit = Ops.scale(Ops.reciprocal(relative), LARGEST_SCORE);
    Tensor factor = Ops.minimum(limit, graph.constant(limit.shape(), 1));
    int[] perChain = IntStream.range(0, rank).map(axis -> axis == 0 ? count() : 1).toArray();
    return Ops.multiply(score, Ops.reshape(factor, Shape.of(perChain)));
  }

  private int count() {
    return position.shape().dim(0);
  }

  private Tensor noise(Graph graph) {
    return Ops.slice(ring.first(graph), 1, 0, 1);
  }

  private static Tensor scalar(Tensor one) {
    return Ops.reshape(one, Shape.SCALAR);
  }

  /** Steps of a chain, each of which costs one gradient. */
  public int totalSteps() {
    return levels.count() * (plan.langevinSteps() + 1);
  }

  /** Where the chains are; other programs may read it between runs. */
  public Variable position() {
    return position;
  }

  /**
   * Runs all levels; returns when they are enqueued.
   *
   * @param start positions of all chains at the highest noise
   * @param firstStep value of the step counter to begin with; runs that must differ need ranges of
   *     {@link #totalSteps()} that do not overlap
   */
  public void run(float[] start, int firstStep) {
    position.upload(start);
    step.upload(firstStep);
    for (int level = 0; level < levels.count(); level++) {
      if (plan.langevinSteps() > 0) {
        langevin.run(plan.langevinSteps());
      }
      ancestral.run();
    }
  }

  @Override
  public void close() {
    langevin.close();
    ancestral.close();
    step.close();
    position.close();
    ring.close();
  }
}
