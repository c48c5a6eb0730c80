package org.stic.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** sha256 of files, compared with what the catalogue expects. */
final class Checksum {
  private Checksum() {}

  /**
   * Requires that a file has the expected sha256.
   *
   * @throws DatasetException naming the file and both hashes
   */
  static void require(Path file, String expected) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      requireEqual(file, transfer(in, OutputStream.nullOutputStream()), expected);
    }
  }

  /** Copies a file, inflating it if its name ends in .gz, and requires the sha256 of the copy. */
  static void copyVerified(Path source, Path target, String expected) throws IOException {
    try (InputStream in = open(source);
        OutputStream out = Files.newOutputStream(target)) {
      requireEqual(source, transfer(in, out), expected);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static String transfer(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = sha256();
    new DigestInputStream(in, digest).transferTo(out);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new digest. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static void requireEqual(Path file, String found, String expected) {
    if (!found.equals(expected)) {
      throw new DatasetException(
          "%s is damaged or another version and was not taken: its sha256 is %s, expected is %s"
              .formatted(file.getFileName(), found, expected));
    }
  }
}
