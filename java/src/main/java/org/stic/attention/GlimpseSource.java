package org.stic.attention;

import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ClassifierNetwork;
import org.stic.sampler.ClassRounds;
import org.stic.sampler.GramSource;
import org.stic.sampler.GramTargets;

/**
 * Gram targets from glimpses of one random real image of each class with weight: through a window
 * of the chains' size, where the chooser of windows looks at that image. No table of classes is
 * kept, so there may be thousands. Owns its programs and the images' memory.
 */
final class GlimpseSource implements GramSource {
  private final Device device;
  private final Setup setup;
  private final Sight sight;
  private final Variable canvases;
  private final Variable classWeights;
  private final Variable table;
  private final WindowChooser chooser;
  private GramTargets targets;
  private Program add;
  private Program finish;
  private double stride;
  private int step;

  /**
   * What the source works with.
   *
   * @param choice how a window is found on a real image
   * @param seed key of the choice of images
   */
  record Setup(
      AttentiveSampler.Subject subject,
      AttentiveSampler.Guidance guidance,
      WindowChoice choice,
      long seed) {}

  /** A source for a number of chains, which {@link #bind} completes. */
  GlimpseSource(Device device, Setup setup, int chains) {
    this.device = device;
    this.setup = setup;
    sight = setup.subject().network().sight();
    stride = sight.wholeStride();
    canvases = Variable.allocate(device, "real-canvases", batch(sight.canvas(), chains));
    int classes = setup.subject().network().classes();
    classWeights = Variable.allocate(device, "real-classes", Shape.of(chains, classes));
    table = Variable.allocate(device, "real-windows", Shape.of(chains, Windows.PARAMETERS));
    chooser =
        WindowChooser.of(
            setup.choice(),
            device,
            new WindowChooser.Scene(
                setup.subject(), setup.guidance().classTerm(), canvases, classWeights),
            setup.seed());
  }

  /** Compiles the programs that set these targets; asked once. */
  GlimpseSource bind(GramTargets chosen) {
    targets = chosen;
    add = compileAdd();
    Graph graph = new Graph();
    targets.assignScales(graph, true);
    finish = Program.compile(device, graph);
    return this;
  }

  private static Shape batch(Shape image, int count) {
    return Shape.of(count, image.dim(0), image.dim(1), image.dim(2));
  }

  private Program compileAdd() {
    int chains = canvases.shape().dim(0);
    Graph graph = new Graph();
    Tensor weights = graph.input("weights", Shape.of(chains, 1, 1));
    Windows windows = Windows.of(graph.read(table), sight.side());
    Tensor unit = graph.constant(Shape.of(chains, 1), 1);
    Tensor glimpses = windows.withGain(unit).read(graph.read(canvases));
    ClassifierNetwork.Outputs outputs =
        setup
            .subject()
            .network()
            .glimpses()
            .apply(glimpses, setup.subject().parameters().read(graph));
    List<Tensor> grams = setup.guidance().gram().layers().of(glimpses, outputs);
    for (int layer = 0; layer < grams.size(); layer++) {
      Variable target = targets.matrices().get(layer);
      Tensor part = Ops.multiply(weights, grams.get(layer));
      graph.assign(target, Ops.add(graph.read(target), part));
    }
    return Program.compile(device, graph);
  }

  /** Sets the size of the windows that the next targets are seen through. */
  void look(double newStride, int drawingStep) {
    stride = newStride;
    step = drawingStep;
  }

  @Override
  public void set(float[] rows, int[] numbers) {
    targets.matrices().forEach(target -> target.upload(new float[target.shape().intElements()]));
    classWeights.upload(rows);
    int elements = sight.canvas().intElements();
    ClassRounds rounds =
        new ClassRounds(setup.guidance().images(), setup.seed(), elements, rows, numbers);
    while (rounds.next()) {
      canvases.upload(rounds.pixels());
      table.upload(WindowTable.of(windows(numbers)));
      add.set("weights", rounds.weights());
      add.run();
    }
    finish.run();
  }

  private Window[] windows(int[] numbers) {
    return stride == sight.wholeStride()
        ? WindowTable.repeated(sight.whole(), numbers.length)
        : chooser.choose(stride, numbers, step);
  }

  @Override
  public void close() {
    add.close();
    finish.close();
    chooser.close();
    table.close();
    classWeights.close();
    canvases.close();
  }
}
