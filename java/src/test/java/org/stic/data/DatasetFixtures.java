package org.stic.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small files in the published formats, with contents that a test can predict. */
final class DatasetFixtures {
  private DatasetFixtures() {}

  /** An idx header and its data. */
  static byte[] idx(int magic, byte[] data, int... dimensions) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
    buffer.putInt(magic);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    return buffer.put(data).array();
  }

  /** Bytes 0, 1, 2 ... modulo 251, a period that divides no image size. */
  static byte[] ramp(int count) {
    byte[] values = new byte[count];
    for (int index = 0; index < count; index++) {
      values[index] = (byte) (index % 251);
    }
    return values;
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }

  /** Both training files of a set of 5x3 images with the given labels. */
  static void writeIdxTraining(Path folder, byte[] labels) throws IOException {
    byte[] pixels = ramp(labels.length * 15);
    Files.write(folder.resolve("train-images-idx3-ubyte"), idx(0x803, pixels, labels.length, 5, 3));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(0x801, labels, labels.length));
  }

  /** CIFAR-10 records with the given labels and a ramp of pixels. */
  static byte[] cifarBinary(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(labels.length * 3073);
    byte[] pixels = ramp(labels.length * 3072);
    for (int record = 0; record < labels.length; record++) {
      buffer.put((byte) labels[record]).put(pixels, record * 3072, 3072);
    }
    return buffer.array();
  }

  /** The pixels of {@link #cifarBinary} in the form of the npm package. */
  static void writeCifarPicture(Path file, int images) throws IOException {
    byte[] planar = ramp(images * 3072);
    BufferedImage picture = new BufferedImage(1024, images, BufferedImage.TYPE_3BYTE_BGR);
    for (int image = 0; image < images; image++) {
      for (int pixel = 0; pixel < 1024; pixel++) {
        int start = image * 3072 + pixel;
        int red = Byte.toUnsignedInt(planar[start]);
        int green = Byte.toUnsignedInt(planar[start + 1024]);
        int blue = Byte.toUnsignedInt(planar[start + 2048]);
        picture.setRGB(pixel, image, red << 16 | green << 8 | blue);
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }
}
