package org.stic.training;

import org.stic.attention.AttentiveNetwork;
import org.stic.attention.AttentiveSampler;
import org.stic.attention.DrawingPlan;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.random.Purpose;
import org.stic.sampler.BlockCosine;
import org.stic.sampler.Canvas;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramTarget;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.StepFilter;
import org.stic.settings.AttentiveSamplerSettings;
import org.stic.settings.ConfigurationException;
import org.stic.settings.GuidedSamplerSettings;
import org.stic.settings.WindowSettings;

/**
 * Makes the samplers of one attentive classifier, with what they share. Owns its memory on the
 * device.
 */
final class AttentiveSamplerFactory implements AutoCloseable {
  /** Real images behind the scales of the input's cosine transform. */
  private static final int SCALE_IMAGES = 1000;

  /** Real images that are looked at together. */
  private static final int CHUNK = 50;

  private final Device device;
  private final AttentiveSamplerSettings settings;
  private final long seed;
  private final AttentiveSampler.Subject subject;
  private final ReferenceImages images;
  private final Canvas canvas;
  private final BlockCosine input;
  private final StepFilter filter;
  private final GramLayers layers;

  /**
   * Fits what the settings ask for.
   *
   * @param seed key of all random numbers
   * @param data the classifier's training images
   * @throws ConfigurationException if the settings name a layer that the classifier lacks, or
   *     windows or a canvas that do not fit
   */
  AttentiveSamplerFactory(
      Device device,
      AttentiveSamplerSettings settings,
      long seed,
      AttentiveSampler.Subject subject,
      ImageDataset data) {
    this.device = device;
    this.settings = settings;
    this.seed = seed;
    this.subject = subject;
    AttentiveNetwork network = subject.network();
    requireFinest(settings.windows(), network.sight().wholeStride());
    GuidedSamplerSettings chain = settings.chain();
    SamplerFactory.requireLayers(chain.gram().layers(), network.glimpses());
    images = new ReferenceImages(data);
    canvas = SamplerFactory.canvas(device, chain.canvas(), images, network.input());
    Shape glimpse = network.glimpses().input();
    input =
        SamplerFactory.usesInput(chain) ? new BlockCosine(device, glimpse, wholeViews(data)) : null;
    filter = SamplerFactory.filter(device, chain, glimpse);
    layers = SamplerFactory.layers(chain, network.glimpses(), input);
  }

  private static void requireFinest(WindowSettings windows, double wholeStride) {
    if (windows.draws() > 1 && windows.finestStride() > wholeStride) {
      throw new ConfigurationException(
          "sampler.windows.finest_stride must be at most %s, the stride of the window over the whole canvas, not %s"
              .formatted(wholeStride, windows.finestStride()));
    }
  }

  /** What the first training images look like as a whole. */
  private float[] wholeViews(ImageDataset data) {
    AttentiveNetwork network = subject.network();
    int count = Math.min(SCALE_IMAGES, data.count());
    int glimpse = network.glimpses().input().intElements();
    int elements = network.input().intElements();
    Shape image = network.input();
    Graph graph = new Graph();
    graph.output(
        "views",
        network.wholeView(
            graph.input("images", Shape.of(CHUNK, image.dim(0), image.dim(1), image.dim(2)))));
    float[] views = new float[count * glimpse];
    float[] chunk = new float[CHUNK * elements];
    try (Program program = Program.compile(device, graph)) {
      for (int first = 0; first < count; first += CHUNK) {
        int here = Math.min(CHUNK, count - first);
        for (int index = 0; index < here; index++) {
          data.readImage(first + index, chunk, index * elements);
        }
        program.set("images", chunk);
        program.run();
        System.arraycopy(program.get("views"), 0, views, first * glimpse, here * glimpse);
      }
    }
    return views;
  }

  /**
   * A sampler of sets of {@code count} images; the caller closes it.
   *
   * @param purpose of its random numbers
   */
  AttentiveSampler create(int steps, int correctionSteps, Purpose purpose, int count) {
    WindowSettings windows = settings.windows();
    GuidedSamplerSettings chain = settings.chain();
    return new AttentiveSampler(
        device,
        subject,
        new AttentiveSampler.Guidance(
            chain.classTerm(),
            new ImageSampler.Gram(
                chain.gram().weight(),
                layers,
                chain.gram().loss(),
                new GramTarget.OneImage(images)),
            images),
        SamplerFactory.walk(chain, filter),
        new DrawingPlan(
            windows.draws(),
            windows.finestStride(),
            windows.choice(),
            windows.noise(),
            SamplerFactory.plan(chain, steps, correctionSteps)),
        canvas,
        new ImageSampler.Noise(seed, purpose),
        count);
  }

  @Override
  public void close() {
    if (input != null) {
      input.close();
    }
    if (filter != null) {
      filter.close();
    }
  }
}
