package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One split of a labelled image set, immutable, and safe for use by several threads.
 *
 * <p>Pixels are unsigned bytes, each channel after channel, row after row; they lie in memory or
 * are decoded when an image is read. {@code readImage} scales a byte p to p / 127.5 - 1, so that 0
 * becomes -1 and 255 becomes 1.
 */
public final class ImageDataset {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final float[] SCALED = scaledBytes();

  private final String name;
  private final Split split;
  private final List<String> classNames;
  private final PixelStore pixels;
  private final int[] places;
  private final int[] labels;

  /**
   * A set whose pixels lie one image after another in memory.
   *
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
      int[] labels) {
    this(
        name, split, classNames, packed(name, split, shape, pixels, labels.length), labels.clone());
  }

  /** A set of all images of a store, which it shares; takes over {@code labels}. */
  ImageDataset(String name, Split split, List<String> classNames, PixelStore pixels, int[] labels) {
    this(name, split, classNames, pixels, IntStream.range(0, labels.length).toArray(), labels);
  }

  /** Takes over its arguments; image i lies at {@code places[i]} of the pixels. */
  private ImageDataset(
      String name,
      Split split,
      List<String> classNames,
      PixelStore pixels,
      int[] places,
      int[] labels) {
    this.name = name;
    this.split = split;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.places = places;
    this.labels = labels;
    requireKnownLabels();
  }

  private static PixelStore packed(
      String name, Split split, ImageShape shape, MemorySegment pixels, int images) {
    long expected = (long) images * shape.elements();
    if (pixels.byteSize() != expected) {
      throw new DatasetException(
          "%s %s has %d labels, so %d bytes of %s pixels are needed, but there are %d"
              .formatted(name, split, images, expected, shape, pixels.byteSize()));
    }
    return new PackedPixels(shape, pixels);
  }

  private void requireKnownLabels() {
    for (int index = 0; index < labels.length; index++) {
      if (label(index) < 0 || label(index) >= classNames.size()) {
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
    return pixels.shape();
  }

  /** Class names in the order of their labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class index of an image. */
  public int label(int index) {
    return labels[index];
  }

  /** Writes image {@code index} as floats in [-1, 1] to {@code target[offset ...]}. */
  public void readImage(int index, float[] target, int offset) {
    MemorySegment image = pixels.image(places[index]);
    int elements = shape().elements();
    for (int element = 0; element < elements; element++) {
      target[offset + element] = scaled(image, element);
    }
  }

  /** Writes image {@code index} as floats in [-1, 1] from byte {@code offset} of {@code target}. */
  public void readImage(int index, MemorySegment target, long offset) {
    MemorySegment image = pixels.image(places[index]);
    int elements = shape().elements();
    for (int element = 0; element < elements; element++) {
      target.set(FLOAT, offset + (long) Float.BYTES * element, scaled(image, element));
    }
  }

  /** A set of another name with the same labels, whose pixels are made from this one's. */
  ImageDataset changed(String newName, UnaryOperator<PixelStore> change) {
    return new ImageDataset(newName, split, classNames, change.apply(pixels), places, labels);
  }

  /** Whether reading an image takes so long that other threads should do it ahead of time. */
  public boolean isCostly() {
    return pixels.isCostly();
  }

  /** What has been found about the images that were read so far. */
  public ReadingReport report() {
    return pixels.report();
  }

  /**
   * Adds to a digest what tells these images and labels from others: the pixels, or for images that
   * are decoded when they are read, where they come from.
   */
  public void update(MessageDigest digest) {
    Optional<String> identity = pixels.identity();
    identity.ifPresent(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
    ByteBuffer word = ByteBuffer.allocate(Integer.BYTES);
    for (int index = 0; index < count(); index++) {
      digest.update(word.clear().putInt(label(index)).flip());
      if (identity.isPresent()) {
        digest.update(word.clear().putInt(places[index]).flip());
      } else {
        digest.update(pixels.image(places[index]).asByteBuffer());
      }
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
    int[] chosenLabels = IntStream.of(indices).map(this::label).toArray();
    return new ImageDataset(name, split, classNames, pixels, chosenPlaces, chosenLabels);
  }

  /** The same images under other labels, sharing this set's pixels. */
  public ImageDataset withLabels(int[] newLabels) {
    int[] stored = Arrays.copyOf(newLabels, count());
    return new ImageDataset(name, split, classNames, pixels, places, stored);
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
    Map<Integer, Integer> renumbered = new HashMap<>();
    kept.forEach(name -> renumbered.put(classNames.indexOf(name), renumbered.size()));
    int[] indices =
        IntStream.range(0, count()).filter(index -> renumbered.containsKey(label(index))).toArray();
    int[] keptLabels = IntStream.of(indices).map(index -> renumbered.get(label(index))).toArray();
    int[] keptPlaces = IntStream.of(indices).map(index -> places[index]).toArray();
    return new ImageDataset(name, split, kept, pixels, keptPlaces, keptLabels);
  }

  /** The same images as squares of another size. */
  public ImageDataset resized(int side) {
    ImageShape shape = shape();
    if (shape.height() == side && shape.width() == side) {
      return this;
    }
    PixelStore resized = CachedPixels.of(new ResizedPixels(pixels, side));
    return new ImageDataset(name, split, classNames, resized, places, labels);
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

  /** Indices of the images of every class, each list ascending. */
  public List<int[]> indicesByClass() {
    return ClassOrder.byClass(labels, classNames.size());
  }

  private static float scaled(MemorySegment image, int element) {
    return SCALED[Byte.toUnsignedInt(image.get(ValueLayout.JAVA_BYTE, element))];
  }

  private static float[] scaledBytes() {
    float[] scaled = new float[256];
    for (int value = 0; value < scaled.length; value++) {
      scaled[value] = value / 127.5f - 1;
    }
    return scaled;
  }
}
