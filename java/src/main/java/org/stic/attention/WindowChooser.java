package org.stic.attention;

import java.util.List;
import java.util.random.RandomGenerator;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.sampler.ClassTerm;

/** Chooses the next window on each of a batch of canvases. */
sealed interface WindowChooser extends AutoCloseable {

  /**
   * One window a canvas.
   *
   * @param stride of all windows
   * @param numbers which random numbers a choice by chance takes, one for each canvas
   * @param step number of the drawing step, which makes other random numbers
   */
  Window[] choose(double stride, int[] numbers, int step);

  /** Who looks at what. */
  record Scene(
      AttentiveSampler.Subject subject,
      ClassTerm classTerm,
      Variable canvases,
      Variable classWeights) {}

  /**
   * The chooser of a kind; the caller closes it.
   *
   * @param scene the canvases, read at each choice
   * @param seed key of random windows
   */
  static WindowChooser of(WindowChoice choice, Device device, Scene scene, long seed) {
    return switch (choice) {
      case SALIENCY -> new BySaliency(device, scene);
      case HEAD -> new ByHead(device, scene);
      case RANDOM -> new AtRandom(scene.subject().network().sight(), seed);
    };
  }

  @Override
  void close();

  /**
   * Where the gradient of the class term with respect to the whole view is large: its magnitude
   * over the channels, pooled over the window's size. Owns its program.
   */
  final class BySaliency implements WindowChooser {
    private final Sight sight;
    private final int count;
    private final Program program;

    private BySaliency(Device device, Scene scene) {
      sight = scene.subject().network().sight();
      count = scene.canvases().shape().dim(0);
      Graph graph = new Graph();
      Tensor view = scene.subject().network().wholeView(graph.read(scene.canvases()));
      Tensor logits =
          scene
              .subject()
              .network()
              .glimpses()
              .apply(view, scene.subject().parameters().read(graph))
              .logits();
      Tensor term = scene.classTerm().of(logits, graph.read(scene.classWeights()));
      Tensor gradient = Gradients.of(term, List.of(view)).getFirst();
      graph.output("saliency", Ops.sqrt(Ops.sum(Ops.square(gradient), 1)));
      program = Program.compile(device, graph);
    }

    @Override
    public Window[] choose(double stride, int[] numbers, int step) {
      program.run();
      float[] maps = program.get("saliency");
      int side = sight.side();
      Window[] windows = new Window[count];
      for (int index = 0; index < count; index++) {
        float[] map = new float[side * side];
        System.arraycopy(maps, index * map.length, map, 0, map.length);
        windows[index] = over(new SaliencyMap(side, map), stride);
      }
      return windows;
    }

    /** The window over the map's peak. */
    private Window over(SaliencyMap map, double stride) {
      Window whole = sight.whole();
      double[] peak = map.peak(sight.side() * stride / whole.stride());
      double middle = (sight.side() - 1) / 2.;
      return sight.near(
          whole.centreX() + (peak[0] - middle) * whole.stride(),
          whole.centreY() + (peak[1] - middle) * whole.stride(),
          stride);
    }

    @Override
    public void close() {
      program.close();
    }
  }

  /** Where the network's head says. Owns its program. */
  final class ByHead implements WindowChooser {
    private final Sight sight;
    private final int count;
    private final Program program;

    private ByHead(Device device, Scene scene) {
      sight = scene.subject().network().sight();
      count = scene.canvases().shape().dim(0);
      Graph graph = new Graph();
      Tensor canvases = graph.read(scene.canvases());
      graph.output(
          "places",
          scene.subject().network().places(canvases, scene.subject().parameters().read(graph)));
      program = Program.compile(device, graph);
    }

    @Override
    public Window[] choose(double stride, int[] numbers, int step) {
      program.run();
      float[] places = program.get("places");
      Window[] windows = new Window[count];
      for (int index = 0; index < count; index++) {
        windows[index] = sight.placed(places[2 * index], places[2 * index + 1], stride);
      }
      return windows;
    }

    @Override
    public void close() {
      program.close();
    }
  }

  /**
   * Anywhere inside the canvas.
   *
   * @param seed key of the places
   */
  record AtRandom(Sight sight, long seed) implements WindowChooser {
    @Override
    public Window[] choose(double stride, int[] numbers, int step) {
      Window[] windows = new Window[numbers.length];
      for (int index = 0; index < windows.length; index++) {
        RandomGenerator random =
            new RandomKey(seed, Purpose.WINDOW_PLACE, numbers[index], step).generator();
        double x = random.nextDouble(-1, 1);
        windows[index] = sight.placed(x, random.nextDouble(-1, 1), stride);
      }
      return windows;
    }

    @Override
    public void close() {
      // It has no memory of its own.
    }
  }
}
