package org.stic.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The official CIFAR binary forms: records of labels and then the red, green and blue planes, each
 * row after row. There is no header. CIFAR-10 has one label (0..9), 3073 bytes a record; CIFAR-100
 * has a coarse (0..19) and a fine label (0..99), 3074 bytes, of which the fine one is taken.
 */
final class CifarBinaryReader implements DatasetReader {
  private final int labelBytes;
  private final Function<Split, List<String>> batches;
  private final int record;

  private CifarBinaryReader(int labelBytes, Function<Split, List<String>> batches) {
    this.labelBytes = labelBytes;
    this.batches = batches;
    record = labelBytes + Cifar10Files.SHAPE.elements();
  }

  static CifarBinaryReader cifar10() {
    return new CifarBinaryReader(1, Cifar10Files::batches);
  }

  static CifarBinaryReader cifar100() {
    return new CifarBinaryReader(2, split -> List.of(split == Split.TRAIN ? "train" : "test"));
  }

  @Override
  public ImageDataset read(String name, List<String> classNames, Path folder, Split split) {
    List<Path> files =
        batches.apply(split).stream().map(batch -> folder.resolve(batch + ".bin")).toList();
    List<MemorySegment> batches = files.stream().map(this::map).toList();
    int images = batches.stream().mapToInt(this::records).sum();
    MemorySegment pixels = Cifar10Files.allocatePixels(images);
    int[] labels = new int[images];
    int first = 0;
    for (int batch = 0; batch < files.size(); batch++) {
      requireLabels(files.get(batch), batches.get(batch), classNames.size());
      first = split(batches.get(batch), pixels, labels, first);
    }
    return new ImageDataset(name, split, Cifar10Files.SHAPE, classNames, pixels, labels);
  }

  private int records(MemorySegment batch) {
    return (int) (batch.byteSize() / record);
  }

  private int split(MemorySegment batch, MemorySegment pixels, int[] labels, int first) {
    int count = records(batch);
    long elements = Cifar10Files.SHAPE.elements();
    for (int index = 0; index < count; index++) {
      long start = (long) index * record + labelBytes;
      long target = (first + index) * elements;
      labels[first + index] = label(batch, index);
      MemorySegment.copy(batch, start, pixels, target, elements);
    }
    return first + count;
  }

  private void requireLabels(Path file, MemorySegment batch, int classes) {
    for (int index = 0; index < records(batch); index++) {
      int label = label(batch, index);
      if (label >= classes) {
        throw new DatasetException(
            "%s is damaged: record %d has label %d, but labels run from 0 to %d"
                .formatted(file, index, label, classes - 1));
      }
    }
  }

  /** The last of a record's labels. */
  private int label(MemorySegment batch, int index) {
    long position = (long) index * record + labelBytes - 1;
    return Byte.toUnsignedInt(batch.get(ValueLayout.JAVA_BYTE, position));
  }

  private MemorySegment map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() == 0 || channel.size() % record != 0) {
        throw new DatasetException(
            "%s is damaged: its %d bytes are no whole number of %d-byte records; fetch it again"
                .formatted(file, channel.size(), record));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }
}
