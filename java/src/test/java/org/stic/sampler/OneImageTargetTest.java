package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;

/** Gram targets of one random real image for each chain and class. */
class OneImageTargetTest extends SmallClassifier {
  /** One image each: the images of class k are all alike, so the target is known. */
  @Test
  void oneImageTargetsAreMixturesOfRealImages() {
    ClassImages images = new Examples(gramImages, true);
    int[] canvases = {0, 1, 2, 3, 4};
    try (ClassGrams means = new ClassGrams(device, layers, parameters, images(images), 1);
        GuidedDensity one = density(new GramTarget.OneImage(images), GramLoss.QUADRATIC);
        GuidedDensity mean = density(new GramTarget.ClassMean(means), GramLoss.QUADRATIC)) {
      float[] floored = gramLoss(one, canvases);
      float[] plain = gramLoss(mean, canvases);
      for (int chain = 0; chain < 5; chain++) {
        // The divisor of one-image targets is at least the chains' mean.
        assertTrue(floored[chain] <= plain[chain] * 1.0001f, "chain " + chain);
        assertTrue(floored[chain] > .2 * plain[chain], "chain " + chain);
      }
      assertTrue(IntStream.range(0, 5).anyMatch(c -> near(floored[c], plain[c])));
    }
  }

  private static boolean near(float a, float b) {
    return Math.abs(a - b) < 1e-4 * Math.abs(b);
  }

  /** Chains of one canvas share their real images, others do not. */
  @Test
  void oneImageTargetsFollowTheCanvas() {
    ClassImages images = new Examples(gramImages, false);
    float[] sameClass = {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    try (GuidedDensity one = density(new GramTarget.OneImage(images), GramLoss.SAFE)) {
      float[] loss = gramLoss(one, sameClass, new int[] {7, 7, 8, 9, 10});
      assertEquals(loss[0], loss[1]);
      assertTrue(IntStream.range(2, 5).anyMatch(chain -> loss[chain] != loss[0]));
      assertArrayEquals(loss, gramLoss(one, sameClass, new int[] {7, 7, 8, 9, 10}));
    }
  }

  /** The four images of each class, or four times the first one. */
  private static final class Examples implements ClassImages {
    private final float[] pixels;
    private final boolean alike;

    Examples(float[] pixels, boolean alike) {
      this.pixels = pixels;
      this.alike = alike;
    }

    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public int count(int label) {
      return PER_CLASS;
    }

    @Override
    public void read(int label, int index, float[] target, int offset) {
      int start = (label * PER_CLASS + (alike ? 0 : index)) * ELEMENTS;
      System.arraycopy(pixels, start, target, offset, ELEMENTS);
    }
  }

  private static float[] images(ClassImages source) {
    float[] images = new float[CLASSES * ELEMENTS];
    IntStream.range(0, CLASSES).forEach(k -> source.read(k, 0, images, k * ELEMENTS));
    return images;
  }

  private GuidedDensity density(GramTarget target, GramLoss loss) {
    return new GuidedDensity(
        device,
        new ImageSampler.Subject(classifier, parameters),
        new ImageSampler.Guidance(
            new ClassTerm.Logit(), new ImageSampler.Gram(1, layers, loss, target)),
        7,
        5);
  }

  private float[] gramLoss(GuidedDensity density, int[] canvases) {
    return gramLoss(density, MIXED, canvases);
  }

  /** The loss of five equal images. */
  private float[] gramLoss(GuidedDensity density, float[] weights, int[] canvases) {
    density.condition(weights, canvases);
    float[] images = new float[5 * ELEMENTS];
    float[] one = normals(ELEMENTS, .4f, 6);
    IntStream.range(0, 5).forEach(c -> System.arraycopy(one, 0, images, c * ELEMENTS, ELEMENTS));
    Graph graph = new Graph();
    graph.output("loss", density.terms(graph.input("images", Shape.of(5, 2, 9, 7))).gramLoss());
    try (Program program = Program.compile(device, graph)) {
      program.set("images", images);
      program.run();
      return program.get("loss");
    }
  }
}
