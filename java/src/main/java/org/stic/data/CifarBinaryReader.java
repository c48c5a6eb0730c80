package org.stic.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The official CIFAR-10 binary form: records of 3073 bytes, one label (0..9) and then the red,
 * green and blue planes, each row after row. There is no header.
 */
final class CifarBinaryReader implements DatasetReader {
  private static final int RECORD = 1 + Cifar10Files.SHAPE.elements();

  @Override
  public ImageDataset read(String name, List<String> classNames, Path folder, Split split) {
    List<Path> files =
        Cifar10Files.batches(split).stream().map(batch -> folder.resolve(batch + ".bin")).toList();
    List<MemorySegment> batches = files.stream().map(CifarBinaryReader::map).toList();
    int images = batches.stream().mapToInt(CifarBinaryReader::records).sum();
    MemorySegment pixels = Cifar10Files.allocatePixels(images);
    int[] labels = new int[images];
    int first = 0;
    for (int batch = 0; batch < files.size(); batch++) {
      requireLabels(files.get(batch), batches.get(batch), classNames.size());
      first = split(batches.get(batch), pixels, labels, first);
    }
    return new ImageDataset(name, split, Cifar10Files.SHAPE, classNames, pixels, labels);
  }

  private static int records(MemorySegment batch) {
    return (int) (batch.byteSize() / RECORD);
  }

  private static int split(MemorySegment batch, MemorySegment pixels, int[] labels, int first) {
    int count = records(batch);
    for (int record = 0; record < count; record++) {
      long start = (long) record * RECORD;
      long target = (long) (first + record) * (RECORD - 1);
      labels[first + record] = Byte.toUnsignedInt(batch.get(ValueLayout.JAVA_BYTE, start));
      MemorySegment.copy(batch, start + 1, pixels, target, RECORD - 1);
    }
    return first + count;
  }

  private static void requireLabels(Path file, MemorySegment batch, int classes) {
    for (int record = 0; record < records(batch); record++) {
      int label = Byte.toUnsignedInt(batch.get(ValueLayout.JAVA_BYTE, (long) record * RECORD));
      if (label >= classes) {
        throw new DatasetException(
            "%s is damaged: record %d has label %d, but labels run from 0 to %d"
                .formatted(file, record, label, classes - 1));
      }
    }
  }

  private static MemorySegment map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() == 0 || channel.size() % RECORD != 0) {
        throw new DatasetException(
            "%s is damaged: its %d bytes are no whole number of %d-byte records; fetch it again"
                .formatted(file, channel.size(), RECORD));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }
}
