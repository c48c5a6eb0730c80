package org.stic.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every image set that can be named: those of the catalogue, each in a folder of its own below one
 * root, the generated ones, which need no file, and those that a user has anywhere, named by their
 * form and path. Safe for use by several threads.
 */
public final class Datasets {
  private final Path root;
  private final Map<String, DatasetDescription> catalogue;
  private final Map<DataLocation, OpenedSet> opened = new ConcurrentHashMap<>();

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

  /** All names that {@link #load} accepts, but for those with a path. */
  public List<String> names() {
    List<String> names = new ArrayList<>(fetchable());
    for (SyntheticShapes variant : SyntheticShapes.all()) {
      names.add(variant.datasetName());
    }
    return names;
  }

  /** The set whose files a set is read from: itself, unless it is made from another. */
  public String origin(String name) {
    return PlacedDataset.parse(name).map(PlacedDataset::source).orElse(name);
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
    String origin = origin(name);
    return !catalogue.containsKey(origin) || Files.isDirectory(folder(origin));
  }

  /**
   * The name by which a set is recorded: paths absolute, so that it can be found again from
   * elsewhere.
   *
   * @throws DatasetException if nothing has this name
   */
  public String canonicalName(String name) {
    Optional<DataLocation> location = DataLocation.parse(name);
    if (location.isEmpty() && !names().contains(origin(name))) {
      throw unknown(name, everything());
    }
    return location.map(DataLocation::name).orElse(name);
  }

  /** A short form of a set's name that may be part of a file's name. */
  public static String title(String name) {
    return DataLocation.parse(name).map(DataLocation::title).orElse(name);
  }

  /** Reads one split in its own form. */
  public ImageDataset load(String name, Split split) {
    return load(name, split, LoadOptions.STANDARD);
  }

  /**
   * Reads one split. Pictures are not decoded before they are used.
   *
   * @throws DatasetException if the name is unknown, or files are absent or damaged
   */
  public ImageDataset load(String name, Split split, LoadOptions options) {
    Optional<DataLocation> location = DataLocation.parse(name);
    if (location.isPresent()) {
      return opened.computeIfAbsent(location.get(), DataLocation::open).load(split, options);
    }
    ImageDataset own = loadOwn(name, split);
    return options.imageSize() == 0 ? own : own.resized(options.imageSize());
  }

  private ImageDataset loadOwn(String name, Split split) {
    for (SyntheticShapes variant : SyntheticShapes.all()) {
      if (variant.datasetName().equals(name)) {
        return variant.generate(split);
      }
    }
    Optional<PlacedDataset> placed = PlacedDataset.parse(name);
    if (placed.isPresent()) {
      return placed.get().of(loadOwn(placed.get().source(), split));
    }
    if (!catalogue.containsKey(name)) {
      throw unknown(name, everything());
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

  private List<String> everything() {
    List<String> known = new ArrayList<>(names());
    known.addAll(DataLocation.forms());
    return known;
  }

  private static DatasetException unknown(String name, List<String> known) {
    return new DatasetException(
        "unknown data set '%s'; known are %s".formatted(name, String.join(", ", known)));
  }
}
