package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.data.DatasetDescription.Format;
import org.stic.data.DatasetDescription.KnownArchive;
import org.stic.data.DatasetDescription.KnownFile;
import org.stic.data.DatasetDescription.PackagedForm;

/** Fetching from crafted archives; the package clients themselves are replaced. */
class DatasetFetchTest {
  private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

  static {
    byte[] labels = {2, 0, 1};
    FILES.put(
        "train-images-idx3-ubyte", DatasetFixtures.idx(0x803, DatasetFixtures.ramp(45), 3, 5, 3));
    FILES.put("train-labels-idx1-ubyte", DatasetFixtures.idx(0x801, labels, 3));
  }

  @TempDir Path folder;
  private Path root;
  private Path archive;
  private Path brought;

  @BeforeEach
  void packFiles() throws IOException {
    root = folder.resolve("root");
    brought = Files.createDirectory(folder.resolve("brought"));
    archive = folder.resolve("tiny-1.0.tgz");
    writeArchive(archive, FILES);
  }

  private static void writeArchive(Path file, Map<String, byte[]> files) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      writeMember(tar, "../escaped", new byte[1]);
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        writeMember(tar, "package/" + entry.getKey(), entry.getValue());
      }
    }
  }

  private static void writeMember(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Datasets datasets(String archiveHash) throws IOException {
    List<KnownFile> files =
        FILES.entrySet().stream()
            .map(entry -> new KnownFile(entry.getKey(), sha256(entry.getValue())))
            .toList();
    PackagedForm form =
        new PackagedForm(PackageClient.NPM, "tiny@1.0", "tiny-1.0.tgz", archiveHash, "package");
    KnownArchive official =
        new KnownArchive(
            "official.tar.gz",
            sha256(Files.readAllBytes(archive)),
            "package",
            List.copyOf(FILES.keySet()));
    DatasetDescription description =
        new DatasetDescription(
            "Tiny", Format.IDX, List.of("a", "b", "c"), files, form, List.of(official));
    return new Datasets(root, Map.of("tiny", description));
  }

  private Datasets datasets() throws IOException {
    return datasets(sha256(Files.readAllBytes(archive)));
  }

  private DatasetFetch fetch(Datasets datasets) {
    return new DatasetFetch(
        datasets,
        (form, directory, log, alternative) ->
            Files.copy(archive, directory.resolve(archive.getFileName())));
  }

  private void assertNothingLeftBehind() throws IOException {
    try (var paths = Files.list(root)) {
      assertEquals(List.of(), paths.toList());
    }
  }

  @Test
  void packageIsVerifiedUnpackedAndReadable() throws IOException {
    Datasets datasets = datasets();
    assertFalse(datasets.isPresent("tiny"));
    assertEquals(root.resolve("tiny"), fetch(datasets).fetch("tiny"));
    assertEquals(3, datasets.load("tiny", Split.TRAIN).count());
    assertFalse(Files.exists(root.resolve("escaped")));
    fetch(datasets).fetch("tiny");
    try (var paths = Files.list(root)) {
      assertEquals(List.of(root.resolve("tiny")), paths.toList());
    }
  }

  @Test
  void wrongArchiveHashKeepsNothing() throws IOException {
    DatasetFetch fetch = fetch(datasets("00ff"));
    String message = assertThrows(DatasetException.class, () -> fetch.fetch("tiny")).getMessage();
    assertTrue(message.contains("tiny-1.0.tgz") && message.contains("expected is 00ff"), message);
    assertNothingLeftBehind();
  }

  @Test
  void failedFetchLeavesTheOldSetAlone() throws IOException {
    fetch(datasets()).fetch("tiny");
    DatasetFetch broken = fetch(datasets("00ff"));
    assertThrows(DatasetException.class, () -> broken.fetch("tiny"));
    assertEquals(3, datasets().load("tiny", Split.TRAIN).count());
  }

  @Test
  void archiveWithoutAFileIsRejected() throws IOException {
    writeArchive(archive, Map.of("train-images-idx3-ubyte", FILES.get("train-images-idx3-ubyte")));
    DatasetFetch fetch = fetch(datasets());
    String message = assertThrows(DatasetException.class, () -> fetch.fetch("tiny")).getMessage();
    assertTrue(message.contains("tiny-1.0.tgz lacks train-labels-idx1-ubyte"), message);
    assertNothingLeftBehind();
  }

  @Test
  void plainAndGzippedFilesCanBeBrought() throws IOException {
    byte[] images = FILES.get("train-images-idx3-ubyte");
    Files.write(brought.resolve("train-images-idx3-ubyte.gz"), DatasetFixtures.gzip(images));
    Files.write(brought.resolve("train-labels-idx1-ubyte"), FILES.get("train-labels-idx1-ubyte"));
    fetch(datasets()).fetchFrom("tiny", brought);
    assertEquals(3, datasets().load("tiny", Split.TRAIN).count());
  }

  @Test
  void officialArchiveCanBeBrought() throws IOException {
    Files.copy(archive, brought.resolve("official.tar.gz"));
    fetch(datasets()).fetchFrom("tiny", brought);
    assertEquals(3, datasets().load("tiny", Split.TRAIN).count());
  }

  @Test
  void changedFileIsRejectedByName() throws IOException {
    for (Map.Entry<String, byte[]> entry : FILES.entrySet()) {
      Files.write(brought.resolve(entry.getKey()), entry.getValue());
    }
    byte[] changed = FILES.get("train-labels-idx1-ubyte").clone();
    changed[8] = 1;
    Files.write(brought.resolve("train-labels-idx1-ubyte"), changed);
    DatasetFetch fetch = fetch(datasets());
    String message =
        assertThrows(DatasetException.class, () -> fetch.fetchFrom("tiny", brought)).getMessage();
    assertTrue(message.startsWith("train-labels-idx1-ubyte is damaged"), message);
    assertNothingLeftBehind();
  }

  @Test
  void emptyFolderNamesTheFirstMissingFile() throws IOException {
    DatasetFetch fetch = fetch(datasets());
    String message =
        assertThrows(DatasetException.class, () -> fetch.fetchFrom("tiny", brought)).getMessage();
    assertTrue(message.contains("holds neither train-images-idx3-ubyte nor"), message);
  }

  @Test
  void rootThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(root, "a file where a folder should be");
    DatasetFetch fetch = fetch(datasets());
    String message = assertThrows(DatasetException.class, () -> fetch.fetch("tiny")).getMessage();
    assertTrue(message.contains("cannot store tiny in " + root), message);
    assertTrue(message.contains("STIC_DATA"), message);
  }

  @Test
  void absentProgramIsNamedWithTheRemedy() {
    List<String> command = List.of("stic-no-such-program", "pack");
    Path log = folder.resolve("log");
    String message =
        assertThrows(
                DatasetException.class,
                () -> Subprocess.run(command, folder, log, "install it first"))
            .getMessage();
    assertTrue(message.contains("stic-no-such-program cannot be run"), message);
    assertTrue(message.endsWith("install it first"), message);
  }

  @Test
  void failingProgramIsQuoted() {
    List<String> command = List.of("sh", "-c", "echo; echo network is down >&2; exit 3");
    Path log = folder.resolve("log");
    String message =
        assertThrows(DatasetException.class, () -> Subprocess.run(command, folder, log, "retry"))
            .getMessage();
    assertTrue(message.contains("exit code 3 (network is down); retry"), message);
  }

  @Test
  void interruptEndsTheProgram() {
    List<String> command = List.of("sleep", "60");
    Path log = folder.resolve("log");
    Thread.currentThread().interrupt();
    long start = System.nanoTime();
    assertThrows(
        java.util.concurrent.CancellationException.class,
        () -> Subprocess.run(command, folder, log, "retry"));
    assertTrue(Thread.interrupted());
    assertTrue(System.nanoTime() - start < 10e9, "waited for the program");
  }
}
