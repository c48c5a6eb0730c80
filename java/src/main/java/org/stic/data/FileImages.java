package org.stic.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Pictures in files of their own below one folder. A million names take some 40 MB, because they
 * lie in one array and not in a million objects.
 */
final class FileImages implements EncodedImages {
  /** No picture of the known sets has more than a tenth of it. */
  static final long LARGEST_FILE = 128L << 20;

  private final Path root;
  private final byte[] names;
  private final int[] ends;
  private final String identity;

  private FileImages(Path root, byte[] names, int[] ends, String identity) {
    this.root = root;
    this.names = names;
    this.ends = ends;
    this.identity = identity;
  }

  /** Collects names, in the order that the pictures are to have. */
  static final class Builder {
    private final Path root;
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final MessageDigest digest = Checksum.sha256();
    private int[] ends = new int[1024];
    private int count;

    Builder(Path root) {
      this.root = root;
    }

    /** Adds a file by its name relative to the root. */
    void add(String name, long size) {
      byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
      names.writeBytes(encoded);
      digest.update(encoded);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
      ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
      ends[count++] = names.size();
    }

    int count() {
      return count;
    }

    FileImages build() {
      String identity = HexFormat.of().formatHex(digest.digest());
      return new FileImages(root, names.toByteArray(), Arrays.copyOf(ends, count), identity);
    }
  }

  @Override
  public int count() {
    return ends.length;
  }

  @Override
  public byte[] bytes(int place) throws IOException {
    Path file = root.resolve(name(place));
    long size = Files.size(file);
    if (size > LARGEST_FILE) {
      throw new IOException(
          "it has %d bytes, more than the %d that are allowed".formatted(size, LARGEST_FILE));
    }
    return Files.readAllBytes(file);
  }

  @Override
  public String describe(int place) {
    return root.resolve(name(place)).toString();
  }

  @Override
  public String fileName(int place) {
    String name = name(place);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public String identity() {
    return identity;
  }

  private String name(int place) {
    int start = place == 0 ? 0 : ends[place - 1];
    return new String(names, start, ends[place] - start, StandardCharsets.UTF_8);
  }
}
