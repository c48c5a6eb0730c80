package org.stic.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image folder: {@code root/<class>/**}, or with splits of its own {@code root/train/<class>/**}
 * beside {@code root/test} or {@code root/val}. Classes are sorted by code point.
 */
final class FolderReader implements LocatedReader {
  private static final String TRAIN = "train";

  /** In the order in which they are taken as test images. */
  private static final List<String> TEST_NAMES = List.of("test", "val", "valid", "validation");

  @Override
  public OpenedSet open(DataLocation location) {
    Path root = location.path();
    List<String> folders = ClassTree.subfolders(root);
    if (!hasSplits(folders)) {
      return new PictureSet(location, Map.of(Split.TRAIN, readClasses(root, folders)));
    }
    Path trainFolder = root.resolve(TRAIN);
    LabelledImages train = readClasses(trainFolder, ClassTree.subfolders(trainFolder));
    Map<Split, LabelledImages> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, train);
    TEST_NAMES.stream()
        .filter(folders::contains)
        .findFirst()
        .ifPresent(name -> splits.put(Split.TEST, readTest(root.resolve(name), train)));
    return new PictureSet(location, splits);
  }

  /** A class may be called "train" too, but then there are classes beside it. */
  private static boolean hasSplits(List<String> folders) {
    Set<String> others = new HashSet<>(folders);
    others.removeAll(TEST_NAMES);
    return others.equals(Set.of(TRAIN));
  }

  private static LabelledImages readClasses(Path folder, List<String> classNames) {
    if (classNames.isEmpty()) {
      throw new DatasetException(
          folder + " holds no folder: an image folder holds one folder of pictures for each class");
    }
    return ClassTree.read(folder, classNames);
  }

  /** Test images may lack classes, but have none of their own. */
  static LabelledImages readTest(Path folder, LabelledImages train) {
    List<ClassTree.ClassFolder> folders = new ArrayList<>();
    for (String name : ClassTree.subfolders(folder)) {
      int label = train.classNames().indexOf(name);
      if (label < 0) {
        throw new DatasetException(
            "%s is a class that the training images do not have; rename or remove it"
                .formatted(folder.resolve(name)));
      }
      folders.add(new ClassTree.ClassFolder(folder.resolve(name), label));
    }
    if (folders.isEmpty()) {
      throw new DatasetException(folder + " holds no folder of a class; fill or remove it");
    }
    return ClassTree.read(folder, train.classNames(), folders);
  }
}
