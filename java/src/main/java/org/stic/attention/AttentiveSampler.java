package org.stic.attention;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.sampler.BrokenChainsException;
import org.stic.sampler.Canvas;
import org.stic.sampler.Chains;
import org.stic.sampler.ClassImages;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.Drawings;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.LogDensity;
import org.stic.sampler.StepwiseDrawer;
import org.stic.sampler.Walk;

/**
 * Draws canvases step by step through windows: the first over the whole canvas, the others smaller
 * and where the classifier looks. The chain of a step runs on the N x N numbers of its window and
 * climbs the density of the glimpse, at a cost that does not depend on the canvas; then its change
 * is written to the canvas. Exact steps, after the last window's, accept by the density of the
 * whole canvas. A set with broken chains is drawn again with other noise, those chains on other
 * canvases, and they are counted. Owns its memory and programs.
 */
public final class AttentiveSampler implements StepwiseDrawer {
  private static final int ATTEMPTS = 4;

  private final int classes;
  private final Sight sight;
  private final DrawingPlan plan;
  private final Canvas canvas;
  private final ImageSampler.Noise noise;
  private final List<Double> strides;
  private final Easel easel;
  private final Variable classWeights;
  private final GlimpseDensity glimpses;
  private final GlimpseDensity wholeViews;
  private final WindowChooser chooser;
  private final Chains chains;
  private final Program write;
  private final Program measure;

  /** Who draws. */
  public record Subject(AttentiveNetwork network, ParameterStore parameters) {}

  /**
   * What draws a glimpse to its classes.
   *
   * @param gram its target is not used: targets are glimpses of one real image each
   * @param images the real images, of the canvases' size
   */
  public record Guidance(ClassTerm classTerm, ImageSampler.Gram gram, ClassImages images) {
    boolean hasGram() {
      return gram.layers().layers().size() > 0 && gram.weight() != 0;
    }
  }

  /**
   * Compiles the programs.
   *
   * @param walk the rule of the approximate steps
   * @param canvas what drawings begin with
   * @param count how many images are drawn at once
   */
  public AttentiveSampler(
      Device device,
      Subject subject,
      Guidance guidance,
      Walk walk,
      DrawingPlan plan,
      Canvas canvas,
      ImageSampler.Noise noise,
      int count) {
    this.plan = plan;
    this.canvas = canvas;
    this.noise = noise;
    classes = subject.network().classes();
    sight = subject.network().sight();
    strides = sight.strides(plan.draws(), plan.finest());
    easel = new Easel(device, sight, count);
    classWeights = Variable.allocate(device, "class-weights", Shape.of(count, classes));
    long seed = noise.gramSeed();
    glimpses = GlimpseDensity.of(device, subject, guidance, plan.choice(), seed, count);
    boolean isExact = plan.chain().correctionSteps() > 0;
    wholeViews =
        isExact && guidance.hasGram()
            ? GlimpseDensity.of(device, subject, guidance, plan.choice(), seed, count)
            : null;
    ClassTerm term = guidance.classTerm();
    CanvasDensity whole = new CanvasDensity(subject, guidance, classWeights, wholeViews);
    chooser =
        WindowChooser.of(
            plan.choice(),
            device,
            new WindowChooser.Scene(subject, term, easel.canvases(), classWeights),
            noise.chainSeed());
    var seen = glimpses.through(easel);
    LogDensity exact = isExact ? u -> whole.of(easel.drawn(u)) : seen;
    chains =
        new Chains(
            device,
            walk.on(seen, noise.chainSeed()),
            exact,
            easel.glimpseShape(),
            plan.chain(),
            noise.chainSeed());
    write = compileWrite(device);
    measure = compileMeasure(device, whole);
  }

  private Program compileWrite(Device device) {
    Graph graph = new Graph();
    graph.assign(easel.canvases(), easel.drawn(graph.read(chains.state().position())));
    return Program.compile(device, graph);
  }

  /** The Gram loss is that of the last window, which {@link #write} does not move. */
  private Program compileMeasure(Device device, CanvasDensity whole) {
    Graph graph = new Graph();
    graph.output("class-term", whole.term(graph.read(easel.canvases())));
    Tensor position = graph.read(chains.state().position());
    graph.output("gram-loss", glimpses.gramLoss(easel.glimpses(position)));
    return Program.compile(device, graph);
  }

  @Override
  public int count() {
    return chains.count();
  }

  @Override
  public float[] starts(float[] rows, int[] canvases) {
    float[] start = new float[count() * canvas.elements()];
    for (int chain = 0; chain < count(); chain++) {
      fill(rows, canvases, 0, chain, start);
    }
    return start;
  }

  private void fill(float[] rows, int[] canvases, int attempt, int chain, float[] start) {
    Canvas.Key key = new Canvas.Key(noise.seed(), noise.purpose(), canvases[chain], attempt);
    float[] weights = Arrays.copyOfRange(rows, chain * classes, (chain + 1) * classes);
    canvas.fill(key, weights, start, chain * canvas.elements());
  }

  @Override
  public Drawings draw(float[] rows, int drawing, int[] canvases, float[] starts) {
    return draw(rows, drawing, canvases, starts, null);
  }

  @Override
  public Drawings draw(
      float[] rows, int drawing, int[] canvases, float[] starts, Consumer<float[]> watcher) {
    float[] start = starts.clone();
    int restarted = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FinishedCanvases finished =
          attempt(new Attempt(rows, drawing, attempt, canvases, watcher), start);
      int broken = 0;
      for (int chain = 0; chain < count(); chain++) {
        if (finished.isBroken(chain)) {
          broken++;
          fill(rows, canvases, attempt + 1, chain, start);
        }
      }
      if (broken == 0) {
        return finished.drawings(start, restarted);
      }
      restarted += broken;
    }
    throw new BrokenChainsException(restarted, count(), ATTEMPTS);
  }

  /** One attempt at a set; the watcher may be null. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Attempt(
      float[] rows, int drawing, int number, int[] canvases, Consumer<float[]> watcher) {}

  private FinishedCanvases attempt(Attempt attempt, float[] start) {
    classWeights.upload(attempt.rows);
    easel.canvases().upload(start);
    easel.place(WindowTable.repeated(sight.whole(), count()));
    chains.place(easel.seen(), 0);
    measure.run();
    float[] startTerm = measure.get("class-term");
    if (wholeViews != null) {
      wholeViews.condition(attempt.rows, attempt.canvases, sight.wholeStride(), 0);
    }
    for (int step = 0; step < plan.draws(); step++) {
      drawStep(attempt, step);
    }
    measure.run();
    return new FinishedCanvases(
        easel.canvases().download(),
        chains.positions(),
        chains.acceptance(),
        chains.brokenProposals(),
        chains.stepSize(),
        startTerm,
        measure.get("class-term"),
        measure.get("gram-loss"));
  }

  private void drawStep(Attempt attempt, int step) {
    double stride = strides.get(step);
    easel.place(
        step == 0
            ? WindowTable.repeated(sight.whole(), count())
            : chooser.choose(stride, attempt.canvases, step));
    glimpses.condition(attempt.rows, attempt.canvases, stride, step);
    float[] glimpse = easel.seen();
    if (step == 0) {
      addNoise(attempt, glimpse);
    }
    int set = Math.addExact(Math.multiplyExact(attempt.drawing, ATTEMPTS), attempt.number);
    int first = Math.multiplyExact(set, plan.chain().totalSteps());
    chains.place(glimpse, first + plan.stepsBefore(step));
    chains.walk(plan.steps(step));
    int exact = plan.chain().correctionSteps();
    if (step == plan.draws() - 1 && exact > 0) {
      chains.warmUp();
      chains.correct(exact - plan.chain().warmUpSteps());
    }
    write.run();
    if (attempt.watcher != null) {
      attempt.watcher.accept(easel.canvases().download());
    }
  }

  private void addNoise(Attempt attempt, float[] glimpses) {
    int elements = glimpses.length / count();
    for (int chain = 0; chain < count(); chain++) {
      RandomGenerator random =
          new RandomKey(
                  noise.chainSeed(), Purpose.WINDOW_NOISE, attempt.canvases[chain], attempt.number)
              .generator();
      Canvas.addNoise(random, (float) plan.noise(), glimpses, chain * elements, elements);
    }
  }

  @Override
  public void close() {
    measure.close();
    write.close();
    chains.close();
    chooser.close();
    if (wholeViews != null) {
      wholeViews.close();
    }
    glimpses.close();
    classWeights.close();
    easel.close();
  }
}
