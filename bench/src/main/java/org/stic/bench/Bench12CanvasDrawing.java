package org.stic.bench;

import java.util.List;
import java.util.Random;
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
import org.stic.attention.AttentiveNetwork;
import org.stic.attention.AttentiveSampler;
import org.stic.attention.DrawingPlan;
import org.stic.attention.Sight;
import org.stic.attention.WindowChoice;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ConvClassifier;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.ClassImages;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.Drawer;
import org.stic.sampler.Drawings;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramLoss;
import org.stic.sampler.GramTarget;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.PictureCanvas;
import org.stic.sampler.Preconditioning;
import org.stic.sampler.ShortRun;
import org.stic.sampler.Walk;

/**
 * What does a drawing cost on canvases of several sizes, by chains of all pixels and by chains in
 * four windows of 28 x 28? One call draws a set: targets from real images, the choice of windows,
 * all steps, and writing. With {@code steps} taken twice the difference is the steps' alone. The
 * classifiers are untrained and the images are noise, which costs the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 5, time = 2)
@Smoke({"canvas=40", "steps=2", "chains=2"})
public class Bench12CanvasDrawing {
  private static final int CLASSES = Recipe.CLASSES;
  private static final int GLIMPSE = 28;
  private static final int DRAWS = 4;

  /** What the chains run on. */
  public enum Chain {
    PIXELS,
    WINDOWS
  }

  @Param public Chain chain;

  @Param({"64", "128", "256"})
  public int canvas;

  @Param({"20", "60"})
  public int steps;

  @Param("8")
  public int chains;

  private Device device;
  private ParameterStore parameters;
  private Drawer drawer;
  private float[] classWeights;
  private int drawing;
  private Drawings drawings;

  /** Builds the classifier and its sampler. */
  @Setup
  public void open() {
    device = Workbench.openDevice();
    Shape image = Shape.of(1, canvas, canvas);
    drawer =
        switch (chain) {
          case PIXELS -> ofPixels(image);
          case WINDOWS -> ofWindows(new Sight(image, GLIMPSE, .5));
        };
    classWeights = Recipe.classWeights(chains);
  }

  private Drawer ofPixels(Shape image) {
    ConvClassifier network = ConvClassifier.of(image, CLASSES, Recipe.CONVOLUTIONS);
    initialise(network);
    return new ImageSampler(
        device,
        new ImageSampler.Subject(network, parameters),
        new ImageSampler.Guidance(new ClassTerm.LogSigmoid(), gram(network, image)),
        walk(),
        plan(),
        PictureCanvas.blank(-1, image.intElements(), .3f),
        noise(),
        chains);
  }

  private Drawer ofWindows(Sight sight) {
    ConvClassifier glimpses = ConvClassifier.of(sight.glimpse(), CLASSES, Recipe.CONVOLUTIONS);
    AttentiveNetwork network = new AttentiveNetwork(glimpses, sight, 0);
    initialise(network);
    return new AttentiveSampler(
        device,
        new AttentiveSampler.Subject(network, parameters),
        new AttentiveSampler.Guidance(
            new ClassTerm.LogSigmoid(), gram(glimpses, sight.canvas()), new Noise(sight.canvas())),
        walk(),
        new DrawingPlan(DRAWS, 1, WindowChoice.SALIENCY, .3, plan()),
        PictureCanvas.blank(-1, sight.canvas().intElements(), 0),
        noise(),
        chains);
  }

  private void initialise(ClassifierNetwork network) {
    parameters = new ParameterStore(device, "parameters", network.parameters());
    parameters.initialise(1, Purpose.INITIALISATION);
  }

  private static ImageSampler.Gram gram(ClassifierNetwork network, Shape canvas) {
    GramLayers layers =
        new GramLayers(
            network, null, List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 1)));
    return new ImageSampler.Gram(
        20, layers, GramLoss.SAFE, new GramTarget.OneImage(new Noise(canvas)));
  }

  private static Walk walk() {
    return new Walk.Ascent(1, 1e-4f, new ShortRun.StepShape(null, .05f, 0));
  }

  private ChainPlan plan() {
    return new ChainPlan(steps, 0, .01f, 1e-3f, Preconditioning.IDENTITY);
  }

  private static ImageSampler.Noise noise() {
    return new ImageSampler.Noise(1, Purpose.CANVAS);
  }

  /** One image of noise for every class. */
  private record Noise(Shape canvas) implements ClassImages {
    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public int count(int label) {
      return 1;
    }

    @Override
    public void read(int label, int index, float[] target, int offset) {
      Random random = new Random(label);
      for (int element = 0; element < canvas.intElements(); element++) {
        target[offset + element] = 2 * random.nextFloat() - 1;
      }
    }
  }

  /** Draws one set and reads it back. */
  @Benchmark
  public void draw() {
    drawings = drawer.draw(classWeights, drawing++);
  }

  /** Checks that the chains moved, stayed in the box and did not break. */
  @TearDown
  public void verify() {
    Workbench.verify("the number of broken chains", drawings.brokenChains(), 0, 0);
    for (float pixel : drawings.images()) {
      Workbench.verify("a pixel", pixel, 0, 1);
    }
    Workbench.verify("the displacement", drawings.displacement(), 1, .999);
    drawer.close();
    parameters.close();
    device.close();
  }
}
