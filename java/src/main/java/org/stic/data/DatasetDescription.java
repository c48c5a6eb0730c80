package org.stic.data;

import java.util.List;

/**
 * What the catalogue knows of a data set.
 *
 * @param format which reader understands the files
 * @param classes class names in the order of their labels
 * @param files what is kept, in any order; empty if only archives are known
 * @param distribution the package that an ordinary client fetches; null if there is none
 * @param archives official archives that a user may bring; empty if there are none
 */
public record DatasetDescription(
    String title,
    Format format,
    List<String> classes,
    List<KnownFile> files,
    PackagedForm distribution,
    List<KnownArchive> archives) {

  public DatasetDescription {
    classes = List.copyOf(classes);
    files = files == null ? List.of() : List.copyOf(files);
    archives = archives == null ? List.of() : List.copyOf(archives);
  }

  /** The formats of data sets that can be fetched. */
  public enum Format {
    IDX,
    CIFAR10,
    CIFAR100;

    DatasetReader reader() {
      return switch (this) {
        case IDX -> new IdxReader();
        case CIFAR10 -> new Cifar10Reader();
        case CIFAR100 -> CifarBinaryReader.cifar100();
      };
    }
  }

  /**
   * A file of the set.
   *
   * @param sha256 of the content, uncompressed, in lowercase hexadecimal
   */
  public record KnownFile(String name, String sha256) {}

  /**
   * The set as a package.
   *
   * @param name the package, with the pinned version where the client takes one
   * @param archive the file that the client leaves, or null if its name is the client's choice
   * @param sha256 of the archive, or null where the client verifies signatures itself
   * @param folder where the files lie inside
   */
  public record PackagedForm(
      PackageClient client, String name, String archive, String sha256, String folder) {}

  /**
   * An official archive.
   *
   * @param folder where the files lie inside
   * @param files the members that are kept
   */
  public record KnownArchive(String name, String sha256, String folder, List<String> files) {
    public KnownArchive {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }
}
