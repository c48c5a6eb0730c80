package org.stic.training;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.graph.Shape;
import org.stic.model.ClassifierNetwork;
import org.stic.random.Purpose;
import org.stic.sampler.BlockCosine;
import org.stic.sampler.Canvas;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.ClassGaussianCanvas;
import org.stic.sampler.ClassGrams;
import org.stic.sampler.GramLayers;
import org.stic.sampler.GramTarget;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.LowPass;
import org.stic.sampler.MalaApproximation;
import org.stic.sampler.PictureCanvas;
import org.stic.sampler.ShortRun;
import org.stic.sampler.StepFilter;
import org.stic.sampler.Walk;
import org.stic.settings.CanvasSettings;
import org.stic.settings.ConfigurationException;
import org.stic.settings.FilterSettings;
import org.stic.settings.GramLayerSettings;
import org.stic.settings.GramSettings;
import org.stic.settings.GramTargetSettings;
import org.stic.settings.GuidedSamplerSettings;
import org.stic.settings.StepSettings;

/**
 * Makes the samplers of one classifier, with what they share: canvases, Gram layers and targets,
 * and step filters, fitted to its training images. Owns its memory on the device.
 */
final class SamplerFactory implements AutoCloseable {
  /** Real images behind the scales of the input's cosine transform. */
  private static final int SCALE_IMAGES = 1000;

  private final Device device;
  private final GuidedSamplerSettings settings;
  private final long seed;
  private final ImageSampler.Subject subject;
  private final Canvas canvas;
  private final BlockCosine input;
  private final ClassGrams classGrams;
  private final StepFilter filter;
  private final ImageSampler.Gram gram;

  /**
   * Fits what the settings ask for.
   *
   * @param seed key of all random numbers
   * @param data the classifier's training images
   * @throws ConfigurationException if the settings name a layer that the classifier lacks, or a
   *     canvas that does not fit
   */
  SamplerFactory(
      Device device,
      GuidedSamplerSettings settings,
      long seed,
      ImageSampler.Subject subject,
      ImageDataset data) {
    this.device = device;
    this.settings = settings;
    this.seed = seed;
    this.subject = subject;
    requireLayers(settings.gram().layers(), subject.classifier());
    ReferenceImages images = new ReferenceImages(data);
    canvas = canvas(device, settings.canvas(), images, image());
    input =
        usesInput(settings) ? new BlockCosine(device, image(), images.first(SCALE_IMAGES)) : null;
    GramLayers layers = layers(settings, subject.classifier(), input);
    classGrams =
        settings.gram().target() instanceof GramTargetSettings.ClassMean mean
            ? classGrams(layers, images, mean.images())
            : null;
    filter = filter(device, settings, image());
    gram = gram(layers, images);
  }

  /** Requires that a classifier has the layers of a Gram term. */
  static void requireLayers(List<GramLayerSettings> layers, ClassifierNetwork classifier) {
    int convolutions = classifier.featureShapes().size();
    for (GramLayerSettings layer : layers) {
      if (layer.convolution() > convolutions) {
        throw new ConfigurationException(
            "sampler.gram.layers names layer '%s', which the network lacks; it has %s and %s"
                .formatted(layer.name(), GramLayerSettings.INPUT, numbers(convolutions)));
      }
    }
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  private Shape image() {
    return subject.classifier().input();
  }

  /** What chains of images of a shape start from. */
  static Canvas canvas(
      Device device, CanvasSettings settings, ReferenceImages images, Shape image) {
    float noise = (float) settings.noise();
    int elements = image.intElements();
    return switch (settings) {
      case CanvasSettings.Constant constant ->
          PictureCanvas.blank((float) constant.value(), elements, noise);
      case CanvasSettings.Mean _ -> PictureCanvas.blank(images.meanPixel(), elements, noise);
      case CanvasSettings.ClassGaussian _ -> new ClassGaussianCanvas(device, images, image, noise);
      case CanvasSettings.Picture picture ->
          new PictureCanvas(CanvasFile.read(picture.file(), image), noise);
    };
  }

  /** Whether the Gram term looks at the input. */
  static boolean usesInput(GuidedSamplerSettings settings) {
    return settings.gram().layers().stream().anyMatch(layer -> layer.convolution() == 0);
  }

  /** The layers of a Gram term. */
  static GramLayers layers(
      GuidedSamplerSettings settings, ClassifierNetwork classifier, BlockCosine input) {
    List<GramLayers.Layer> layers =
        settings.gram().layers().stream()
            .map(layer -> new GramLayers.Layer(layer.convolution(), layer.weight()))
            .toList();
    return new GramLayers(classifier, input, layers);
  }

  private ClassGrams classGrams(GramLayers layers, ReferenceImages images, int perClass) {
    float[] chosen = images.ofEachClass(perClass, seed);
    return new ClassGrams(device, layers, subject.parameters(), chosen, perClass);
  }

  /** The filter of steps of images of a shape; null for none. */
  static StepFilter filter(Device device, GuidedSamplerSettings settings, Shape image) {
    return settings.step() instanceof StepSettings.Langevin langevin
            && langevin.filter() instanceof FilterSettings.LowPass lowPass
        ? new StepFilter(device, new LowPass(lowPass.cutoff(), lowPass.gain()), image)
        : null;
  }

  private ImageSampler.Gram gram(GramLayers layers, ReferenceImages images) {
    GramSettings chosen = settings.gram();
    GramTarget target =
        switch (chosen.target()) {
          case GramTargetSettings.ClassMean _ -> new GramTarget.ClassMean(classGrams);
          case GramTargetSettings.OneImage _ -> new GramTarget.OneImage(images);
        };
    return new ImageSampler.Gram(chosen.weight(), layers, chosen.loss(), target);
  }

  /**
   * A sampler of sets of {@code count} images; the caller closes it.
   *
   * @param purpose of its random numbers
   */
  ImageSampler create(int steps, int correctionSteps, Purpose purpose, int count) {
    return new ImageSampler(
        device,
        subject,
        new ImageSampler.Guidance(settings.classTerm(), gram),
        walk(settings, filter),
        plan(settings, steps, correctionSteps),
        canvas,
        new ImageSampler.Noise(seed, purpose),
        count);
  }

  /** The steps of a chain. */
  static ChainPlan plan(GuidedSamplerSettings settings, int steps, int correctionSteps) {
    return new ChainPlan(
        steps,
        correctionSteps,
        (float) settings.exact().size(),
        (float) settings.exact().temperature(),
        settings.exact().preconditioner());
  }

  /** The rule of the approximate steps. */
  static Walk walk(GuidedSamplerSettings settings, StepFilter filter) {
    return switch (settings.step()) {
      case StepSettings.Langevin step ->
          new Walk.Ascent(
              (float) step.size(),
              (float) step.temperature(),
              new ShortRun.StepShape(filter, (float) step.updateCap(), step.jitter()));
      case StepSettings.Ppgn step ->
          new Walk.FreeWeights(
              new MalaApproximation.Weights(
                  (float) step.priorWeight(), (float) step.classWeight(), (float) step.noise()));
    };
  }

  @Override
  public void close() {
    if (input != null) {
      input.close();
    }
    if (classGrams != null) {
      classGrams.close();
    }
    if (filter != null) {
      filter.close();
    }
  }
}
