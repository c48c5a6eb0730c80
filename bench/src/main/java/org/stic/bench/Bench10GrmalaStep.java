package org.stic.bench;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.Chains;
import org.stic.sampler.GuidedDensity;
import org.stic.sampler.Preconditioning;

/**
 * What does one step of the recipe's chains cost, from one chain to thousands? One call enqueues
 * {@value #STEPS} steps as a graph and waits for them; the time is that of one step.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Bench10GrmalaStep.STEPS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke("chains=1,3")
public class Bench10GrmalaStep {
  static final int STEPS = 4;
  private static final int IMAGES_PER_CLASS = 10;
  private static final int WARM_UP = 20;
  private static final float TEMPERATURE = 1e-3f;

  /** The two kinds of step. */
  public enum Step {
    APPROXIMATE,
    EXACT
  }

  @Param public Step step;

  @Param({"1", "16", "64", "256", "1024", "4096"})
  public int chains;

  private Device device;
  private Recipe recipe;
  private GuidedDensity density;
  private Chains moving;
  private float[] start;

  /** Places the chains on noise; exact ones adapt their step size first. */
  @Setup
  public void open() {
    device = Workbench.openDevice();
    recipe = new Recipe(device, IMAGES_PER_CLASS);
    density = new GuidedDensity(device, recipe.subject(), recipe.guidance(), 1, chains);
    density.condition(Recipe.classWeights(chains), IntStream.range(0, chains).toArray());
    Shape image = Recipe.IMAGE;
    moving =
        new Chains(
            device,
            Recipe.walk().on(density, 1),
            density,
            Shape.of(chains, image.dim(0), image.dim(1), image.dim(2)),
            new ChainPlan(0, 2 * WARM_UP, 1e-3f, TEMPERATURE, Preconditioning.IDENTITY),
            1);
    start = Recipe.noise(chains * image.intElements());
    moving.place(start, 0);
    if (step == Step.EXACT) {
      moving.warmUp();
    }
    device.synchronize();
  }

  /** The steps of all chains. */
  @Benchmark
  public void step(Gradients gradients) {
    switch (step) {
      case APPROXIMATE -> moving.walk(STEPS);
      case EXACT -> moving.correct(STEPS);
    }
    device.synchronize();
    gradients.imageGradients += (double) chains * STEPS;
  }

  /** Checks that every chain has moved, has stayed in the box and has not broken. */
  @TearDown
  public void verify() {
    try (Device owner = device) {
      float[] end = moving.positions();
      for (float pixel : end) {
        Workbench.verify("a pixel", pixel, 0, 1);
      }
      for (int count : moving.brokenProposals()) {
        Workbench.verify("broken proposals", count, 0, 0);
      }
      for (int chain = 0; chain < chains; chain++) {
        Workbench.verify("stillness of a chain", moved(end, chain) ? 0 : 1, 0, 0);
      }
      moving.close();
      density.close();
      recipe.close();
      owner.synchronize();
    }
  }

  private boolean moved(float[] end, int chain) {
    int elements = Recipe.IMAGE.intElements();
    return IntStream.range(chain * elements, (chain + 1) * elements)
        .anyMatch(index -> end[index] != start[index]);
  }
}
