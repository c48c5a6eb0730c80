package org.stic.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * ImageNet, ILSVRC2012: training pictures in {@code train/WNID/} or in the published tar of tars;
 * validation pictures, which serve as test images, in {@code val/WNID/}, or flat in {@code val/} or
 * the published tar with their classes in a text. A class's index is the place of its wnid among
 * all in sorted order.
 */
final class ImagenetReader implements LocatedReader {
  private static final String TRAIN = "train";
  private static final String TRAIN_ARCHIVE = "ILSVRC2012_img_train.tar";
  private static final String VAL = "val";
  private static final String VAL_ARCHIVE = "ILSVRC2012_img_val.tar";
  private static final String WNID = "n\\d{8}";
  private static final String TAR = ".tar";

  @Override
  public OpenedSet open(DataLocation location) {
    Path root = location.path();
    Map<Split, LabelledImages> splits = new EnumMap<>(Split.class);
    LabelledImages train = readTrain(root);
    splits.put(Split.TRAIN, train);
    if (Files.isDirectory(root.resolve(VAL))) {
      splits.put(Split.TEST, readValidationFolder(root, train));
    } else if (Files.exists(root.resolve(VAL_ARCHIVE))) {
      splits.put(Split.TEST, readValidationArchive(root, train.classNames()));
    }
    return new PictureSet(location, splits);
  }

  private static LabelledImages readTrain(Path root) {
    Path folder = root.resolve(TRAIN);
    if (Files.isDirectory(folder)) {
      List<String> wnids =
          ClassTree.subfolders(folder).stream().filter(name -> name.matches(WNID)).toList();
      requireWnids(folder, wnids);
      return ClassTree.read(folder, wnids);
    }
    if (Files.exists(root.resolve(TRAIN_ARCHIVE))) {
      return readTrainArchive(root.resolve(TRAIN_ARCHIVE));
    }
    throw new DatasetException(
        "%s holds neither the folder %s nor %s".formatted(root, TRAIN, TRAIN_ARCHIVE));
  }

  private static void requireWnids(Path place, List<String> wnids) {
    if (wnids.isEmpty()) {
      throw new DatasetException(place + " holds no class such as n01440764");
    }
  }

  private static LabelledImages readTrainArchive(Path file) {
    TarIndex outer = TarIndex.open(file);
    List<TarIndex.Member> archives =
        outer.members().stream()
            .filter(member -> member.name().matches(WNID + TAR))
            .sorted(Comparator.comparing(TarIndex.Member::name))
            .toList();
    List<String> wnids = archives.stream().map(ImagenetReader::wnid).toList();
    requireWnids(file, wnids);
    MappedImages.Builder images = new MappedImages.Builder();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < archives.size(); label++) {
      List<TarIndex.Member> pictures = outer.inside(archives.get(label)).members();
      if (pictures.isEmpty()) {
        throw new DatasetException(
            "%s holds no picture in %s".formatted(file, archives.get(label).name()));
      }
      for (TarIndex.Member picture : pictures) {
        add(file, picture, images);
        labels.add(label);
      }
    }
    return new LabelledImages(
        wnids,
        images.build(file, outer.bytes(), "picture"),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        Skipped.NONE);
  }

  private static String wnid(TarIndex.Member archive) {
    return archive.name().substring(0, archive.name().length() - TAR.length());
  }

  private static void add(Path file, TarIndex.Member picture, MappedImages.Builder images) {
    if (picture.size() > FileImages.LARGEST_FILE) {
      throw new DatasetException(
          "%s: %s has %d bytes, too many for a picture"
              .formatted(file, picture.name(), picture.size()));
    }
    images.add(picture.offset(), (int) picture.size());
  }

  private static LabelledImages readValidationFolder(Path root, LabelledImages train) {
    Path folder = root.resolve(VAL);
    boolean isSorted = ClassTree.subfolders(folder).stream().anyMatch(name -> name.matches(WNID));
    if (isSorted) {
      return FolderReader.readTest(folder, train);
    }
    var flat = List.of(new ClassTree.ClassFolder(folder, 0));
    LabelledImages pictures = ClassTree.read(folder, train.classNames(), flat);
    List<String> names =
        IntStream.range(0, pictures.images().count())
            .mapToObj(pictures.images()::fileName)
            .toList();
    int[] labels = ValidationLabels.of(root, train.classNames(), names);
    return new LabelledImages(train.classNames(), pictures.images(), labels, pictures.skipped());
  }

  private static LabelledImages readValidationArchive(Path root, List<String> wnids) {
    Path file = root.resolve(VAL_ARCHIVE);
    TarIndex archive = TarIndex.open(file);
    List<TarIndex.Member> pictures =
        archive.members().stream()
            .sorted(Comparator.comparing(TarIndex.Member::name))
            .filter(member -> ImageFormat.isPictureName(member.name()))
            .toList();
    MappedImages.Builder images = new MappedImages.Builder();
    pictures.forEach(picture -> add(file, picture, images));
    List<String> names = pictures.stream().map(TarIndex.Member::name).toList();
    int[] labels = ValidationLabels.of(root, wnids, names);
    return new LabelledImages(
        wnids, images.build(file, archive.bytes(), "picture"), labels, Skipped.NONE);
  }
}
