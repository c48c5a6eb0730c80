package org.stic.data;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The MNIST family: a file of images and a file of labels for each split, plain or gzipped. */
final class IdxReader implements DatasetReader {

  @Override
  public ImageDataset read(String name, List<String> classNames, Path folder, Split split) {
    String part = split == Split.TRAIN ? "train" : "t10k";
    Path imageFile = plainOrGzipped(folder, part + "-images-idx3-ubyte");
    Path labelFile = plainOrGzipped(folder, part + "-labels-idx1-ubyte");
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    requireSameCount(imageFile, images, labelFile, labels);
    ImageShape shape = new ImageShape(1, images.dimensions().get(1), images.dimensions().get(2));
    int[] classes = new int[Math.toIntExact(labels.values().byteSize())];
    Arrays.setAll(
        classes, index -> Byte.toUnsignedInt(labels.values().get(ValueLayout.JAVA_BYTE, index)));
    return new ImageDataset(name, split, shape, classNames, images.values(), classes);
  }

  private static Path plainOrGzipped(Path folder, String file) {
    Path plain = folder.resolve(file);
    Path gzipped = folder.resolve(file + ".gz");
    return !Files.exists(plain) && Files.exists(gzipped) ? gzipped : plain;
  }

  private static void requireSameCount(
      Path imageFile, IdxFile images, Path labelFile, IdxFile labels) {
    if (!images.dimensions().getFirst().equals(labels.dimensions().getFirst())) {
      throw new DatasetException(
          "%s has %d images, but %s has %d labels"
              .formatted(
                  imageFile,
                  images.dimensions().getFirst(),
                  labelFile,
                  labels.dimensions().getFirst()));
    }
  }
}
