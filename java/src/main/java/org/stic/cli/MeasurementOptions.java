package org.stic.cli;

import java.util.List;
import org.stic.data.ImageDataset;
import org.stic.training.Attack;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what else of a classifier is measured, and on how many images. */
final class MeasurementOptions {
  private static final int ATTACKED_IMAGES = 1000;
  private static final int CONTROL_IMAGES = 100;

  /** From the middle of the range, such a ball reaches everything. */
  private static final double CONTROL_RADIUS = 0.5;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "Take the first N test images (default: all; for attacks no more than the first 1,000).")
  private Integer images;

  @Option(
      names = "--ood",
      paramLabel = "NAME",
      split = ",",
      description =
          "Tell test images from those of this set of the same shape, or from 'other-classes' of"
              + " the same set: areas under the ROC curve of max softmax, logsumexp and the"
              + " negative norm of its gradient. Fakes that push single logits down (the"
              + " introspective objective) spoil logsumexp: there, trust the softmax.")
  private List<String> outliers = List.of();

  @Option(
      names = "--pgd",
      paramLabel = "NORM:EPS",
      split = ",",
      converter = BallConverter.class,
      description =
          "Attack test images by projected gradient descent within balls such as linf:0.03,l2:0.5;"
              + " radii are in units of pixels in [0, 1].")
  private List<Ball> balls = List.of();

  @Option(
      names = "--pgd-steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Gradient steps of an attack (default: 20).")
  private int steps;

  /** Norm and radius of an attack. */
  record Ball(Attack.Norm norm, double radius) {}

  static final class BallConverter implements ITypeConverter<Ball> {
    @Override
    public Ball convert(String value) {
      String[] parts = value.split(":", 2);
      double radius = parts.length == 2 ? Values.number(parts[1]) : Double.NaN;
      for (Attack.Norm norm : Attack.Norm.values()) {
        if (norm.toString().equals(parts[0]) && radius >= 0 && Double.isFinite(radius)) {
          return new Ball(norm, radius);
        }
      }
      throw new TypeConversionException(
          "'%s' is no attack: write linf:EPS or l2:EPS, EPS being 0 or more".formatted(value));
    }
  }

  /** Refuses numbers that cannot be. */
  void check() {
    Values.requireAtLeast("--pgd-steps", steps, 1);
    if (images != null) {
      Values.requireAtLeast("--images", images, 1);
    }
  }

  /** Names of the sets that test images are told from. */
  List<String> outliers() {
    return outliers;
  }

  /** The test images that are classified. */
  ImageDataset chosen(ImageDataset test) {
    return images == null || images >= test.count() ? test : test.first(images);
  }

  /** Which they are, in words. */
  String selection(ImageDataset test) {
    ImageDataset chosen = chosen(test);
    String set = "test images of " + test.name();
    return chosen == test ? "all " + set : "the first of " + set;
  }

  /** The images that are attacked. */
  ImageDataset attacked(ImageDataset test) {
    ImageDataset chosen = chosen(test);
    return chosen.first(Math.min(chosen.count(), images == null ? ATTACKED_IMAGES : images));
  }

  /** The images of the control. */
  ImageDataset controlled(ImageDataset test) {
    ImageDataset attacked = attacked(test);
    return attacked.first(Math.min(attacked.count(), CONTROL_IMAGES));
  }

  /** The attacks in the order of the command line. */
  List<Attack> attacks() {
    return balls.stream().map(ball -> Attack.of(ball.norm(), ball.radius(), steps)).toList();
  }

  /**
   * For each norm asked for, an attack in a ball that holds a picture of plain grey.
   *
   * @param elements numbers of one image
   */
  List<Attack> controls(int elements) {
    return balls.stream()
        .map(Ball::norm)
        .distinct()
        .map(norm -> Attack.of(norm, controlRadius(norm, elements), steps))
        .toList();
  }

  private static double controlRadius(Attack.Norm norm, int elements) {
    return switch (norm) {
      case LINF -> CONTROL_RADIUS;
      case L2 -> CONTROL_RADIUS * Math.sqrt(elements);
    };
  }
}
