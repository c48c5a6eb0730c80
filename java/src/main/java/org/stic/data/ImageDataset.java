package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One split of a labelled image set, immutable.
 *
 * <p>Pixels are unsigned bytes, image after image, each channel after channel, row after row.
 * {@code readImage} scales a byte p to p / 127.5 - 1, so that 0 becomes -1 and 255 becomes 1.
 */
public final class ImageDataset {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final float[] SCALED = scaledBytes();

  private final String name;
  private final Split split;
  private final ImageShape shape;
  private final List<String> classNames;
  private final MemorySegment pixels;
  private final int[] places;
  private final byte[] labels;

  /**
   * @param pixels labels.length * shape.elements() bytes; kept, not copied, and never written
   * @param labels the class index of each image
   * @throws DatasetException if sizes disagree or a label names no class
   */
  public ImageDataset(
      String name,
      Split split,
      ImageShape shape,
      List<String> classNames,
      MemorySegment pixels,
      byte[] labels) {
    this(
        name,
        split,
        shape,
        classNames,
        pixels.asReadOnly(),
        IntStream.range(0, labels.length).toArray(),
        labels.clone());
    requireMatchingSizes();
  }

  /** Takes over its arguments; image i lies at {@code places[i]} of the pixels. */
  private ImageDataset(
      String name,
      Split split,
      ImageShape shape,
      List<String> classNames,
      MemorySegment pixels,
      int[] places,
      byte[] labels) {
    this.name = name;
    this.split = split;
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.places = places;
    this.labels = labels;
    requireKnownLabels();
  }

  private void requireMatchingSizes() {
    long expected = (long) labels.length * shape.elements();
    if (pixels.byteSize() != expected) {
      throw new DatasetException(
          "%s %s has %d labels, so %d bytes of %s pixels are needed, but there are %d"
              .formatted(name, split, labels.length, expected, shape, pixels.byteSize()));
    }
  }

  private void requireKnownLabels() {
    for (int index = 0; index < labels.length; index++) {
      if (label(index) >= classNames.size()) {
        throw new DatasetException(
            "%s %s: image %d has label %d, but labels run from 0 to %d"
                .formatted(name, split, index, label(index), classNames.size() - 1));
      }
    }
  }

  public String name() {
    return name;
  }

  public Split split() {
    return split;
  }

  /** Number of images. */
  public int count() {
    return labels.length;
  }

  public ImageShape shape() {
    return shape;
  }

  /** Class names in the order of their labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class index of an image. */
  public int label(int index) {
    return Byte.toUnsignedInt(labels[index]);
  }

  /** Writes image {@code index} as floats in [-1, 1] to {@code target[offset ...]}. */
  public void readImage(int index, float[] target, int offset) {
    long start = start(index);
    for (int element = 0; element < shape.elements(); element++) {
      target[offset + element] = scaled(start + element);
    }
  }

  /** Writes image {@code index} as floats in [-1, 1] from byte {@code offset} of {@code target}. */
  public void readImage(int index, MemorySegment target, long offset) {
    long start = start(index);
    for (int element = 0; element < shape.elements(); element++) {
      target.set(FLOAT, offset + (long) Float.BYTES * element, scaled(start + element));
    }
  }

  /** The first {@code count} images, sharing this set's pixels. */
  public ImageDataset first(int count) {
    if (count < 1 || count > count()) {
      throw new DatasetException(
          "%s %s has %d images, so %d of them cannot be taken: name a number from 1 to %d"
              .formatted(name, split, count(), count, count()));
    }
    return select(IntStream.range(0, count).toArray());
  }

  /** Some of the images in the given order, sharing this set's pixels. */
  public ImageDataset select(int[] indices) {
    int[] chosenPlaces = IntStream.of(indices).map(index -> places[index]).toArray();
    byte[] chosenLabels = new byte[indices.length];
    for (int place = 0; place < indices.length; place++) {
      chosenLabels[place] = labels[indices[place]];
    }
    return new ImageDataset(name, split, shape, classNames, pixels, chosenPlaces, chosenLabels);
  }

  /** The same images under other labels, sharing this set's pixels. */
  public ImageDataset withLabels(int[] newLabels) {
    byte[] stored = new byte[count()];
    for (int index = 0; index < stored.length; index++) {
      stored[index] = (byte) newLabels[index];
    }
    return new ImageDataset(name, split, shape, classNames, pixels, places, stored);
  }

  /**
   * The images of some classes, sharing this set's pixels. Labels are numbered anew in the order
   * that the classes have in this set, whatever the order of the names.
   *
   * @throws DatasetException if a name is unknown
   */
  public ImageDataset ofClasses(Collection<String> names) {
    names.forEach(this::requireClass);
    List<String> kept = classNames.stream().filter(names::contains).toList();
    int[] indices =
        IntStream.range(0, count())
            .filter(index -> names.contains(classNames.get(label(index))))
            .toArray();
    byte[] renumbered = new byte[indices.length];
    for (int place = 0; place < indices.length; place++) {
      renumbered[place] = (byte) kept.indexOf(classNames.get(label(indices[place])));
    }
    int[] keptPlaces = IntStream.of(indices).map(index -> places[index]).toArray();
    return new ImageDataset(name, split, shape, kept, pixels, keptPlaces, renumbered);
  }

  private void requireClass(String className) {
    if (!classNames.contains(className)) {
      throw new DatasetException(
          "%s has no class '%s'; its classes are %s"
              .formatted(name, className, String.join(", ", classNames)));
    }
  }

  /** Indices of the images of one class, ascending. */
  public int[] indicesOfClass(int label) {
    return IntStream.range(0, count()).filter(index -> label(index) == label).toArray();
  }

  private long start(int index) {
    return (long) places[index] * shape.elements();
  }

  private float scaled(long position) {
    return SCALED[Byte.toUnsignedInt(pixels.get(ValueLayout.JAVA_BYTE, position))];
  }

  private static float[] scaledBytes() {
    float[] scaled = new float[256];
    for (int value = 0; value < scaled.length; value++) {
      scaled[value] = value / 127.5f - 1;
    }
    return scaled;
  }
}
