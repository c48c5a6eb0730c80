package org.stic.bench;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.stic.cuda.DeviceChoice;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.ClassGrams;
import org.stic.sampler.ClassTerm;
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
 * How many image gradients per second do the recipe's chains take? One call draws a set of
 * MNIST-sized images as a refresh does: new Gram targets from 1000 images, then all steps of all
 * chains. The classifier is untrained and the images are noise, which costs the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class Bench11WholeChain {
  private static final int CLASSES = 10;
  private static final int IMAGES_PER_CLASS = 100;
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final List<ConvolutionSettings> CONVOLUTIONS =
      List.of(
          new ConvolutionSettings(16, 4, 2, 1),
          new ConvolutionSettings(32, 4, 2, 1),
          new ConvolutionSettings(64, 3, 1, 1),
          new ConvolutionSettings(64, 4, 2, 1));

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
  private ParameterStore parameters;
  private ClassGrams classGrams;
  private ImageSampler sampler;
  private float[] classWeights;
  private int drawing;
  private Drawings drawings;

  /** Gradients of single images with respect to their pixels. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Gradients {
    public double imageGradients;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      imageGradients = 0;
    }
  }

  /** Builds the recipe's classifier and sampler. */
  @Setup
  public void open() {
    device = Device.open(DeviceChoice.parse(System.getProperty("stic.device", "auto")));
    ConvClassifier classifier = ConvClassifier.of(IMAGE, CLASSES, CONVOLUTIONS);
    parameters = new ParameterStore(device, "parameters", classifier.parameters());
    parameters.initialise(1, Purpose.INITIALISATION);
    GramLayers layers =
        new GramLayers(
            classifier, null, List.of(new GramLayers.Layer(1, 1), new GramLayers.Layer(2, 1)));
    classGrams = new ClassGrams(device, layers, parameters, noiseImages(), IMAGES_PER_CLASS);
    ImageSampler.Gram gram =
        new ImageSampler.Gram(20, layers, GramLoss.QUADRATIC, new GramTarget.ClassMean(classGrams));
    sampler =
        new ImageSampler(
            device,
            new ImageSampler.Subject(classifier, parameters),
            new ImageSampler.Guidance(new ClassTerm.LogSigmoid(), gram),
            new Walk.Ascent(1, 1e-4f, new ShortRun.StepShape(null, 0, 0)),
            plan(),
            PictureCanvas.blank(-1, IMAGE.intElements(), 0.3f),
            new ImageSampler.Noise(1, Purpose.CANVAS),
            chains);
    classWeights = new float[chains * CLASSES];
    for (int chain = 0; chain < chains; chain++) {
      classWeights[chain * CLASSES + chain % CLASSES] = 1;
    }
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
    classGrams.close();
    parameters.close();
    device.close();
  }

  private ChainPlan plan() {
    return switch (step) {
      case APPROXIMATE -> new ChainPlan(steps, 0, 0.01f, 1e-3f, Preconditioning.IDENTITY);
      case EXACT -> new ChainPlan(0, steps, 0.01f, 1e-3f, Preconditioning.IDENTITY);
    };
  }

  private static float[] noiseImages() {
    float[] pixels = new float[CLASSES * IMAGES_PER_CLASS * IMAGE.intElements()];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2 * random.nextFloat() - 1;
    }
    return pixels;
  }
}
