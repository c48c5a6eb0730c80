package org.stic.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;

/**
 * The built-in image sets: ten figures at random places, sizes, angles and shades with a little
 * noise, a pure function of the variant, the split and the image's index. Image i shows figure i
 * mod 10.
 *
 * <p>They need no network and no file, and serve tests and first steps. The card {@code
 * datasets/synthetic.md} describes them.
 */
public final class SyntheticShapes {
  /** Light figures on dark ground, one channel, 28x28. */
  public static final SyntheticShapes GREY =
      new SyntheticShapes("synthetic", new ImageShape(1, 28, 28), 0.15);

  /** Coloured figures on coloured ground, 32x32; colour says nothing of the class. */
  public static final SyntheticShapes COLOUR =
      new SyntheticShapes("synthetic-colour", new ImageShape(3, 32, 32), 0.45);

  private static final int TRAIN_IMAGES = 10_000;
  private static final int TEST_IMAGES = 2_000;
  private static final double LARGEST_ANGLE = 0.35;
  private static final double NOISE = 0.05;
  private static final List<Outline> FIGURES = List.of(Outline.values());
  private static final List<String> CLASS_NAMES =
      FIGURES.stream().map(figure -> figure.name().toLowerCase(Locale.ROOT)).toList();

  private final String datasetName;
  private final ImageShape shape;
  private final double brightestGround;

  private SyntheticShapes(String datasetName, ImageShape shape, double brightestGround) {
    this.datasetName = datasetName;
    this.shape = shape;
    this.brightestGround = brightestGround;
  }

  /** Both sets. */
  static List<SyntheticShapes> all() {
    return List.of(GREY, COLOUR);
  }

  /** The name under which {@link Datasets} knows this set. */
  public String datasetName() {
    return datasetName;
  }

  /** Draws a whole split. */
  public ImageDataset generate(Split split) {
    int count = split == Split.TRAIN ? TRAIN_IMAGES : TEST_IMAGES;
    MemorySegment pixels = Arena.ofAuto().allocate((long) count * shape.elements());
    int[] labels = new int[count];
    for (int index = 0; index < count; index++) {
      labels[index] = index % FIGURES.size();
      CounterRandom random = new CounterRandom(shape.channels(), count, index);
      draw(FIGURES.get(labels[index]), random, pixels, (long) index * shape.elements());
    }
    return new ImageDataset(datasetName, split, shape, CLASS_NAMES, pixels, labels);
  }

  private void draw(Outline figure, CounterRandom random, MemorySegment pixels, long start) {
    Placement placement = Placement.draw(shape, random);
    double[] ground = new double[shape.channels()];
    double[] ink = new double[shape.channels()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      ground[channel] = random.nextDouble(0, brightestGround);
      ink[channel] = random.nextDouble(0.6, 1);
    }
    int plane = shape.height() * shape.width();
    for (int position = 0; position < plane; position++) {
      double covered =
          placement.coverage(figure, position % shape.width(), position / shape.width());
      for (int channel = 0; channel < shape.channels(); channel++) {
        double shade = ground[channel] + covered * (ink[channel] - ground[channel]);
        double noisy = shade + random.nextDouble(-NOISE, NOISE);
        byte value = (byte) Math.round(255 * Math.clamp(noisy, 0.0, 1.0));
        pixels.set(ValueLayout.JAVA_BYTE, start + (long) channel * plane + position, value);
      }
    }
  }

  /** Where one figure lies: centre and radius in pixels, angle as cosine and sine. */
  private record Placement(
      double centreX, double centreY, double radius, double cosine, double sine) {

    static Placement draw(ImageShape shape, CounterRandom random) {
      double side = Math.min(shape.height(), shape.width());
      double radius = random.nextDouble(0.22 * side, 0.36 * side);
      double margin = side / 2 - radius;
      double centreX = shape.width() / 2.0 + random.nextDouble(-margin, margin) / 2;
      double centreY = shape.height() / 2.0 + random.nextDouble(-margin, margin) / 2;
      double angle = random.nextDouble(-LARGEST_ANGLE, LARGEST_ANGLE);
      return new Placement(centreX, centreY, radius, StrictMath.cos(angle), StrictMath.sin(angle));
    }

    /** The part of a pixel that the figure covers, from its distance to the pixel's centre. */
    double coverage(Outline figure, int column, int row) {
      double x = (column + 0.5 - centreX) / radius;
      double y = (row + 0.5 - centreY) / radius;
      double distance = figure.distance(cosine * x + sine * y, cosine * y - sine * x);
      return Math.clamp(0.5 - distance * radius, 0.0, 1.0);
    }
  }
}
