package org.stic.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * LSUN: a folder that holds for each category and split either an LMDB environment {@code
 * CATEGORY_train_lmdb} or what the set's own script exports from it, {@code CATEGORY_train}, flat
 * or in deep folders. Values are pictures of any format. The ten scenes come in the order of the
 * set's index, other categories after them by name.
 */
final class LsunReader implements LocatedReader {
  private static final List<String> SCENES =
      List.of(
          "bedroom",
          "bridge",
          "church_outdoor",
          "classroom",
          "conference_room",
          "dining_room",
          "kitchen",
          "living_room",
          "restaurant",
          "tower");
  private static final Map<Split, String> SUFFIXES =
      Map.of(Split.TRAIN, "train", Split.TEST, "val");
  private static final String LMDB = "_lmdb";

  @Override
  public OpenedSet open(DataLocation location) {
    Path root = location.path();
    List<String> categories = categories(root);
    Map<Split, LabelledImages> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, read(root, categories, Split.TRAIN));
    if (categories.stream().anyMatch(category -> hasSplit(root, category, Split.TEST))) {
      splits.put(Split.TEST, read(root, categories, Split.TEST));
    }
    return new PictureSet(location, splits);
  }

  private static List<String> categories(Path root) {
    String suffix = "_" + SUFFIXES.get(Split.TRAIN);
    TreeSet<String> found =
        new TreeSet<>(
            Comparator.<String>comparingInt(
                    name -> SCENES.contains(name) ? SCENES.indexOf(name) : SCENES.size())
                .thenComparing(Comparator.naturalOrder()));
    for (String folder : ClassTree.subfolders(root)) {
      String plain = folder.endsWith(LMDB) ? cut(folder, LMDB) : folder;
      if (plain.endsWith(suffix)) {
        found.add(cut(plain, suffix));
      }
    }
    if (found.isEmpty()) {
      throw new DatasetException(
          root
              + " holds no folder such as bedroom_train_lmdb or bedroom_train: name the one above"
              + " the categories");
    }
    return List.copyOf(found);
  }

  private static String cut(String text, String ending) {
    return text.substring(0, text.length() - ending.length());
  }

  private static boolean hasSplit(Path root, String category, Split split) {
    return Files.isDirectory(environment(root, category, split))
        || Files.isDirectory(tree(root, category, split));
  }

  private static Path tree(Path root, String category, Split split) {
    return root.resolve(category + "_" + SUFFIXES.get(split));
  }

  private static Path environment(Path root, String category, Split split) {
    return root.resolve(category + "_" + SUFFIXES.get(split) + LMDB);
  }

  /** Categories without images of a split are left out of it. */
  private static LabelledImages read(Path root, List<String> categories, Split split) {
    List<EncodedImages> parts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    Skipped skipped = Skipped.NONE;
    for (int label = 0; label < categories.size(); label++) {
      String category = categories.get(label);
      if (Files.isDirectory(environment(root, category, split))) {
        parts.add(readEnvironment(environment(root, category, split)));
        labels.add(label);
      } else if (Files.isDirectory(tree(root, category, split))) {
        var folder = new ClassTree.ClassFolder(tree(root, category, split), label);
        LabelledImages found = ClassTree.read(root, categories, List.of(folder));
        skipped = skipped.and(found.skipped().count(), found.skipped().examples());
        parts.add(found.images());
        labels.add(label);
      }
    }
    return new LabelledImages(categories, new JoinedImages(parts), labels(parts, labels), skipped);
  }

  private static EncodedImages readEnvironment(Path folder) {
    Path file = folder.resolve("data.mdb");
    LmdbFile environment = LmdbFile.open(file);
    MappedImages.Builder images = new MappedImages.Builder();
    environment.forEach(images::add);
    if (images.count() == 0) {
      throw new DatasetException(file + " holds no record: every category needs one");
    }
    return images.build(file, environment.bytes(), "record");
  }

  private static int[] labels(List<EncodedImages> parts, List<Integer> labelOfPart) {
    int[] labels = new int[new JoinedImages(parts).count()];
    int start = 0;
    for (int part = 0; part < parts.size(); part++) {
      int end = start + parts.get(part).count();
      Arrays.fill(labels, start, end, labelOfPart.get(part));
      start = end;
    }
    return labels;
  }
}
