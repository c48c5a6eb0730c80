package org.stic.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set that a user names by its form and its place, such as {@code folder:/home/me/pets}.
 *
 * @param path absolute and normalised
 */
public record DataLocation(Form form, Path path) {

  /** What lies at such a place. */
  public enum Form {
    /** One folder of pictures for each class. */
    FOLDER("PATH/CLASS/**, or PATH/{train,val,test}/CLASS/**"),
    /** LMDB environments or exported trees of categories. */
    LSUN("PATH/CATEGORY_{train,val}_lmdb, or exported trees PATH/CATEGORY_{train,val}"),
    /** The challenge of 2012. */
    IMAGENET("PATH/{train,val}/WNID, or the published tar files and devkit"),
    /** Downsampled, 8 to 64 pixels. */
    IMAGENET_NPZ("PATH/train_data_batch_*.npz and PATH/val_data.npz");

    private final String description;

    Form(String description) {
      this.description = description;
    }

    LocatedReader reader() {
      return switch (this) {
        case FOLDER -> new FolderReader();
        case LSUN -> new LsunReader();
        case IMAGENET -> new ImagenetReader();
        case IMAGENET_NPZ -> new ImagenetNpzReader();
      };
    }

    /** What the path leads to. */
    public String description() {
      return description;
    }

    /** What stands before the colon. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public DataLocation {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * Reads a name; empty if it is not of this kind.
   *
   * @throws DatasetException if it is, but has no path
   */
  static Optional<DataLocation> parse(String name) {
    for (Form form : Form.values()) {
      String prefix = form.label() + ":";
      if (name.startsWith(prefix)) {
        return Optional.of(new DataLocation(form, path(name, name.substring(prefix.length()))));
      }
    }
    return Optional.empty();
  }

  private static Path path(String name, String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new DatasetException("'%s' names no path: %s".formatted(name, e.getMessage()), e);
    }
    throw new DatasetException("'%s' lacks the path after the colon".formatted(name));
  }

  /** What names of this kind look like. */
  static List<String> forms() {
    return Arrays.stream(Form.values()).map(form -> form.label() + ":PATH").toList();
  }

  /** The name that leads here from every working folder. */
  public String name() {
    return form.label() + ":" + path;
  }

  /** A short name that may be part of a file's name. */
  public String title() {
    Path last = path.getFileName();
    String base = last == null ? "root" : last.toString();
    return form.label() + "-" + base.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  OpenedSet open() {
    if (!Files.isDirectory(path)) {
      throw new DatasetException("%s is no folder: name the one with the images".formatted(path));
    }
    return form.reader().open(this);
  }
}
