package org.stic.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures in folders, one folder for each class, at any depth below it. Files are sorted by the
 * code points of their paths. Files that are empty, hidden or not named like a picture are counted
 * and left out.
 */
final class ClassTree {
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private ClassTree() {}

  /**
   * A class and the folder of its pictures.
   *
   * @param label index of the class
   */
  record ClassFolder(Path folder, int label) {}

  /** The names of the folders in a folder that are not hidden, sorted by code point. */
  static List<String> subfolders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted(BY_CODE_POINT)
          .toList();
    } catch (IOException e) {
      throw new DatasetException("cannot list " + folder + ": " + IoReason.of(e), e);
    }
  }

  /**
   * The pictures of classes, one folder after another.
   *
   * @param root folder that holds all class folders
   * @throws DatasetException if a folder holds no picture
   */
  static LabelledImages read(Path root, List<String> classNames, List<ClassFolder> folders) {
    FileImages.Builder files = new FileImages.Builder(root);
    List<Integer> ends = new ArrayList<>();
    Skipped skipped = Skipped.NONE;
    for (ClassFolder folder : folders) {
      Found found = Found.in(folder.folder());
      if (found.files.isEmpty()) {
        throw new DatasetException(
            "%s holds no picture: every class needs one; known endings are .jpg .jpeg .png .webp .ppm .pgm .bmp .tif .tiff"
                .formatted(folder.folder()));
      }
      found.addTo(files, root);
      skipped = skipped.and(found.skipped, found.examples);
      ends.add(files.count());
    }
    int[] labels = new int[files.count()];
    for (int index = 0; index < folders.size(); index++) {
      int start = index == 0 ? 0 : ends.get(index - 1);
      Arrays.fill(labels, start, ends.get(index), folders.get(index).label());
    }
    return new LabelledImages(classNames, files.build(), labels, skipped);
  }

  /** The same where class i is in the folder of its name. */
  static LabelledImages read(Path root, List<String> classNames) {
    List<ClassFolder> folders =
        IntStream.range(0, classNames.size())
            .mapToObj(label -> new ClassFolder(root.resolve(classNames.get(label)), label))
            .toList();
    return read(root, classNames, folders);
  }

  /** The files below one folder. */
  private static final class Found extends SimpleFileVisitor<Path> {
    private final List<SizedFile> files = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private int skipped;

    private record SizedFile(String path, long size) {}

    static Found in(Path folder) {
      Found found = new Found();
      try {
        Files.walkFileTree(
            folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
      } catch (IOException e) {
        throw new DatasetException("cannot list " + folder + ": " + IoReason.of(e), e);
      }
      found.files.sort(Comparator.comparing(SizedFile::path, BY_CODE_POINT));
      return found;
    }

    void addTo(FileImages.Builder builder, Path root) {
      int prefix = root.toString().length() + 1;
      files.forEach(file -> builder.add(file.path().substring(prefix), file.size()));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      boolean isPicture =
          attributes.isRegularFile()
              && attributes.size() > 0
              && !name.startsWith(".")
              && ImageFormat.isPictureName(name);
      if (isPicture) {
        files.add(new SizedFile(file.toString(), attributes.size()));
      } else {
        skip(file, "is empty or not named like a picture");
      }
      return FileVisitResult.CONTINUE;
    }

    /** A file or folder that cannot be looked at, such as a link to nowhere. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      skip(file, "cannot be looked at: " + IoReason.of(problem));
      return FileVisitResult.CONTINUE;
    }

    private void skip(Path file, String reason) {
      skipped++;
      if (examples.isEmpty()) {
        examples.add(file + " " + reason);
      }
    }
  }
}
