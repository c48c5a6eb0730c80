package org.stic.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.random.Purpose;
import org.stic.sampler.ChainPlan;
import org.stic.sampler.Drawings;
import org.stic.sampler.ImageSampler;
import org.stic.sampler.PictureCanvas;
import org.stic.sampler.Preconditioning;

/**
 * From nothing to the first accepted sample: opens the device, makes the recipe's classifier, and
 * runs one chain until it has taken an exact proposal. A program of its own, so that its start can
 * be measured: it prints the sample's sum as soon as it has it.
 */
public final class FirstSample {
  private static final int EXACT_STEPS = 8;
  private static final Shape IMAGE = Recipe.IMAGE;
  private static final List<String> PASSED_ON =
      List.of("java.library.path", "stic.native.dir", "stic.home", "stic.device");

  private FirstSample() {}

  /**
   * The launcher's command for this program, with this process's classes and settings.
   *
   * @param options more options of the Java machine
   */
  public static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx768m"));
    command.addAll(options);
    for (String property : PASSED_ON) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FirstSample.class.getName()));
    return command;
  }

  /** Prints the sum of the sample's pixels. */
  public static void main(String[] arguments) {
    System.out.println(draw());
    System.out.flush();
  }

  /**
   * Draws it.
   *
   * @return the sum of its pixels
   * @throws IllegalStateException if it is not within the walls, or no proposal was taken
   */
  static double draw() {
    try (Device device = Workbench.openDevice();
        Recipe recipe = new Recipe(device, 1);
        ImageSampler sampler = sampler(device, recipe)) {
      Drawings drawings = sampler.draw(Recipe.classWeights(1), 0);
      for (float pixel : drawings.images()) {
        Workbench.verify("a pixel", pixel, 0, 1);
      }
      if (!(Arrays.stream(drawings.acceptance()).sum() > 0)) {
        throw new IllegalStateException("no proposal was taken in %d".formatted(EXACT_STEPS));
      }
      double sum = 0;
      for (float pixel : drawings.images()) {
        sum += pixel;
      }
      return sum;
    }
  }

  private static ImageSampler sampler(Device device, Recipe recipe) {
    return new ImageSampler(
        device,
        recipe.subject(),
        recipe.guidance(),
        Recipe.walk(),
        new ChainPlan(0, EXACT_STEPS, 1e-4f, 1e-3f, Preconditioning.IDENTITY),
        PictureCanvas.blank(-1, IMAGE.intElements(), .3f),
        new ImageSampler.Noise(1, Purpose.CANVAS),
        1);
  }
}
