package org.stic.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;

/** Sets in the exact formats that users bring, written by other libraries than those that read. */
final class LocatedFixtures {
  private LocatedFixtures() {}

  /** An environment whose keys are 40 hexadecimal letters, as LSUN's are. */
  static Path lmdb(Path folder, byte[]... values) throws IOException {
    Files.createDirectories(folder);
    try (Env<byte[]> env =
        Env.create(ByteArrayProxy.PROXY_BA)
            .setMapSize(64L << 20)
            .setMaxDbs(0)
            .open(folder.toFile())) {
      Dbi<byte[]> main = env.openDbi((byte[]) null, DbiFlags.MDB_CREATE);
      for (int index = 0; index < values.length; index++) {
        byte[] key = "%040x".formatted(index).getBytes(StandardCharsets.US_ASCII);
        main.put(key, values[index]);
      }
    }
    Files.deleteIfExists(folder.resolve("lock.mdb"));
    return folder.resolve("data.mdb");
  }

  /** A tar archive of files by their names. */
  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Pictures named as ImageNet's training pictures of a class are. */
  static Map<String, byte[]> pictures(String wnid, int count, int number) {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    for (int index = 0; index < count; index++) {
      byte[] picture = Pictures.encode(Pictures.pattern(40, 32, number + index), "jpg");
      pictures.put("%s_%d.JPEG".formatted(wnid, index), picture);
    }
    return pictures;
  }

  /** A NumPy array as numpy.save writes it. */
  static byte[] npy(String type, String shape, byte[] values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int padding = 63 - (10 + header.length()) % 64;
    String padded = header + " ".repeat(padding) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) padded.length());
    return bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values).array();
  }

  static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return bytes.array();
  }

  /** An archive of arrays as numpy.savez or numpy.savez_compressed writes it. */
  static byte[] npz(boolean compressed, Map<String, byte[]> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        if (!compressed) {
          CRC32 sum = new CRC32();
          sum.update(array.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(array.getValue().length);
          entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(array.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Images 3x2x2 whose first byte is their number, with labels 1 .. count. */
  static byte[] smallNpz(boolean compressed, int count) {
    byte[] data = new byte[12 * count];
    long[] labels = new long[count];
    for (int index = 0; index < count; index++) {
      data[12 * index] = (byte) index;
      labels[index] = index + 1L;
    }
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("data", npy("|u1", count + ", 12", data));
    arrays.put("labels", npy("<i8", count + ",", longs(labels)));
    return npz(compressed, arrays);
  }
}
