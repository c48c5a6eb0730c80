package org.stic.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every image set that can be named: those of the catalogue, each in a folder of its own below one
 * root, and the generated ones, which need no file.
 */
public final class Datasets {
  private final Path root;
  private final Map<String, DatasetDescription> catalogue;

  /** The sets below {@code root}. */
  public Datasets(Path root) {
    this(root, Catalogue.read());
  }

  Datasets(Path root, Map<String, DatasetDescription> catalogue) {
    this.root = root;
    this.catalogue = catalogue;
  }

  /** The sets below $STIC_DATA, or ~/.cache/stic where it is not set. */
  public static Datasets standard() {
    String configured = System.getenv("STIC_DATA");
    boolean isConfigured = configured != null && !configured.isBlank();
    Path home = Path.of(System.getProperty("user.home"));
    return new Datasets(isConfigured ? Path.of(configured) : home.resolve(".cache/stic"));
  }

  /** All names that {@link #load} accepts. */
  public List<String> names() {
    List<String> names = new ArrayList<>(fetchable());
    for (SyntheticShapes variant : SyntheticShapes.all()) {
      names.add(variant.datasetName());
    }
    return names;
  }

  /** Names of the sets that {@link DatasetFetch} can bring. */
  public List<String> fetchable() {
    return List.copyOf(catalogue.keySet());
  }

  /** What the catalogue says of a set that can be fetched. */
  public DatasetDescription description(String name) {
    DatasetDescription description = catalogue.get(name);
    if (description == null) {
      throw unknown(name, fetchable());
    }
    return description;
  }

  /** Where the files of a set belong, whether they are there or not. */
  public Path folder(String name) {
    return root.resolve(name);
  }

  /** Whether {@link #load} has something to read. */
  public boolean isPresent(String name) {
    return !catalogue.containsKey(name) || Files.isDirectory(folder(name));
  }

  /**
   * Reads one split.
   *
   * @throws DatasetException if the name is unknown, or files are absent or damaged
   */
  public ImageDataset load(String name, Split split) {
    for (SyntheticShapes variant : SyntheticShapes.all()) {
      if (variant.datasetName().equals(name)) {
        return variant.generate(split);
      }
    }
    if (!catalogue.containsKey(name)) {
      throw unknown(name, names());
    }
    return read(name, description(name), split);
  }

  private ImageDataset read(String name, DatasetDescription description, Split split) {
    if (!isPresent(name)) {
      throw new DatasetException(
          "data set %s is not in %s; run 'stic data fetch %s', or put its official files there"
              .formatted(name, folder(name), name));
    }
    return description.format().reader().read(name, description.classes(), folder(name), split);
  }

  private static DatasetException unknown(String name, List<String> known) {
    return new DatasetException(
        "unknown data set '%s'; known are %s".formatted(name, String.join(", ", known)));
  }
}
