package org.stic.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsException;
import org.stic.model.SafetensorsReader;

/**
 * A file of weights that a run begins with instead of a start of its own.
 *
 * @param file where it was
 * @param sha256 digest of its bytes: a run that is continued begins with the same ones
 */
record StartWeights(String file, String sha256) {

  /** The weights of a file as it is now. */
  static StartWeights of(Path file) throws IOException {
    return new StartWeights(file.toAbsolutePath().toString(), digest(file));
  }

  /** Reads them again. */
  PretrainedWeights read() throws IOException {
    Path path = Path.of(file);
    if (!digest(path).equals(sha256)) {
      throw new SafetensorsException(path, "changed since the run began with it");
    }
    return PretrainedWeights.of(SafetensorsReader.read(path));
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
