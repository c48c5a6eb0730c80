package org.stic.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.random.Purpose;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.Drawings;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.PictureCanvas;
import org.stic.sampler.Preconditioning;

/**
 * How many image gradients per second do the recipe's chains take from beginning to end? One call
 * draws a set of MNIST-sized images as a refresh does: new Gram targets from 1000 images, then all
 * steps of all chains, and what comes back to the host.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke({"chains=3", "steps=4"})
public class Bench11WholeChain {
  private static final int IMAGES_PER_CLASS = 100;

  /** The two kinds of step. */
  public enum Step {
    APPROXIMATE,
    EXACT
  }

  @Param public Step step;

  @Param("75")
  public int chains;

  @Param("40")
  public int steps;

  private Device device;
  private Recipe recipe;
  private ImageSampler sampler;
  private float[] classWeights;
  private int drawing;
  private Drawings drawings;

  /** Builds the recipe's classifier and sampler. */
  @Setup
  public void open() {
    device = Workbench.openDevice();
    recipe = new Recipe(device, IMAGES_PER_CLASS);
    sampler =
        new ImageSampler(
            device,
            recipe.subject(),
            recipe.guidance(),
            Recipe.walk(),
            plan(),
            PictureCanvas.blank(-1, Recipe.IMAGE.intElements(), 0.3f),
            new ImageSampler.Noise(1, Purpose.CANVAS),
            chains);
    classWeights = Recipe.classWeights(chains);
  }

  /** Draws one set and reads it back. */
  @Benchmark
  public void draw(Gradients gradients) {
    drawings = sampler.draw(classWeights, drawing++);
    gradients.imageGradients += (double) chains * steps;
  }

  /** Checks that the chains moved, stayed in the box and did not break. */
  @TearDown
  public void verify() {
    Workbench.verify("the number of broken chains", drawings.brokenChains(), 0, 0);
    for (float pixel : drawings.images()) {
      Workbench.verify("a pixel", pixel, 0, 1);
    }
    Workbench.verify("the displacement", drawings.displacement(), 1, 0.999);
    sampler.close();
    recipe.close();
    device.close();
  }

  private ChainPlan plan() {
    return switch (step) {
      case APPROXIMATE -> new ChainPlan(steps, 0, 0.01f, 1e-3f, Preconditioning.IDENTITY);
      case EXACT -> new ChainPlan(0, steps, 0.01f, 1e-3f, Preconditioning.IDENTITY);
    };
  }
}
