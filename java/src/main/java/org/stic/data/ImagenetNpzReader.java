package org.stic.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Downsampled ImageNet: {@code train_data_batch_1.npz} and so on, and {@code val_data.npz}, in the
 * folder or one below it. Each holds {@code data}, bytes [N, 3 S S] of red, green and blue planes,
 * and {@code labels}, 1 .. 1000 in the order of {@code map_clsloc.txt}, whose wnids become the
 * classes' names where that file is there.
 */
final class ImagenetNpzReader implements LocatedReader {
  private static final Pattern TRAIN = Pattern.compile("train_data(?:_batch_(\\d{1,4}))?\\.npz");
  private static final String VAL = "val_data.npz";
  private static final String NAMES = "map_clsloc.txt";
  private static final int CLASSES = 1000;
  private static final int DEPTH = 2;

  @Override
  public OpenedSet open(DataLocation location) {
    List<Path> files = files(location.path());
    List<Path> train =
        files.stream()
            .filter(file -> TRAIN.matcher(name(file)).matches())
            .sorted(Comparator.comparingInt(ImagenetNpzReader::number))
            .toList();
    if (train.isEmpty()) {
      throw new DatasetException(
          location.path() + " holds no train_data_batch_1.npz: name the folder with the npz files");
    }
    List<Path> test = files.stream().filter(file -> name(file).equals(VAL)).toList();
    if (test.size() > 1) {
      throw new DatasetException("%s and %s are two of a kind".formatted(test.get(0), test.get(1)));
    }
    List<String> classNames = classNames(files);
    return new ShardSet(
        location.title(), classNames, read(train, classNames), read(test, classNames));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static int number(Path file) {
    Matcher matcher = TRAIN.matcher(name(file));
    return matcher.matches() && matcher.group(1) != null ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root, DEPTH)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new DatasetException("cannot list " + root + ": " + IoReason.of(e), e);
    }
  }

  /** Class k is the one of number k + 1. */
  private static List<String> classNames(List<Path> files) {
    String[] names = new String[CLASSES];
    Arrays.setAll(names, index -> Integer.toString(index + 1));
    files.stream()
        .filter(file -> name(file).equals(NAMES))
        .findFirst()
        .ifPresent(file -> ValidationLabels.wnidsByNumber(file, CLASSES, names));
    return List.of(names);
  }

  private static List<ShardSet.Shard> read(List<Path> files, List<String> classNames) {
    List<ShardSet.Shard> shards = new ArrayList<>();
    for (Path file : files) {
      ShardSet.Shard shard = read(file, classNames.size());
      if (!shards.isEmpty() && !shards.getFirst().shape().equals(shard.shape())) {
        throw new DatasetException(
            "%s has images of %s, but %s of %s"
                .formatted(file, shard.shape(), files.getFirst(), shards.getFirst().shape()));
      }
      shards.add(shard);
    }
    return shards;
  }

  private static ShardSet.Shard read(Path file, int classes) {
    try (NpzFile archive = NpzFile.open(file)) {
      NpyArray data = archive.array("data");
      NpyArray labels = archive.array("labels");
      ImageShape shape = shape(data);
      if (labels.shape().size() != 1 || labels.count() != data.shape().getFirst()) {
        throw new DatasetException(
            "%s has labels %s for images %s".formatted(file, labels.shape(), data.shape()));
      }
      return new ShardSet.Shard(shape, data.values(), labels(labels, classes));
    }
  }

  private static ImageShape shape(NpyArray data) {
    long width = data.shape().size() == 2 ? data.shape().get(1) : 0;
    int side = (int) Math.round(Math.sqrt(width / 3.0));
    boolean isSquare = width > 0 && 3L * side * side == width && side <= LoadOptions.LARGEST_SIZE;
    boolean fits = data.shape().getFirst() > 0 && data.shape().getFirst() < Integer.MAX_VALUE / 2;
    if (!data.type().equals("|u1") || !isSquare || !fits) {
      throw new DatasetException(
          "%s is %s of type %s; bytes [N, 3 S S] are needed"
              .formatted(data.name(), data.shape(), data.type()));
    }
    return new ImageShape(3, side, side);
  }

  private static int[] labels(NpyArray labels, int classes) {
    return IntStream.range(0, (int) labels.count())
        .map(
            index -> {
              long label = labels.value(index);
              if (label < 1 || label > classes) {
                throw new DatasetException(
                    "%s, entry %d is %d, but labels run from 1 to %d"
                        .formatted(labels.name(), index, label, classes));
              }
              return (int) label - 1;
            })
        .toArray();
  }
}
