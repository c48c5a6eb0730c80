package org.stic.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * How an image came about, frame by frame: side by side in one PNG picture, or moving in a GIF that
 * repeats for ever.
 *
 * <p>Frames are floats in [-1, 1], channel after channel and row after row; small ones are enlarged
 * by a whole factor. The GIF shows grey frames exactly; those in colour have a palette of 256
 * colours each.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of a frame
 * @param width columns of a frame
 */
public record FilmStrip(int channels, int height, int width) {
  private static final int MOST_COLUMNS = 10;
  private static final int MOST_FRAMES = 40;
  private static final int SHORTEST_DELAY = 2;
  private static final int LONGEST_DELAY = 0xFFFF;
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  public FilmStrip {
    var _ = new ImagePainter(channels, height, width);
  }

  /**
   * Writes the frames side by side, {@value #MOST_COLUMNS} in a row, complete or not at all. Of
   * more than {@value #MOST_FRAMES} frames it shows as many, evenly chosen, the first and the last
   * among them.
   */
  public void writePng(Path file, List<float[]> frames) throws IOException {
    requireFrames(frames);
    int count = Math.min(frames.size(), MOST_FRAMES);
    int elements = painter().elements();
    float[] chosen = new float[count * elements];
    for (int place = 0; place < count; place++) {
      int frame = count == 1 ? 0 : Math.round(place * (frames.size() - 1f) / (count - 1));
      System.arraycopy(frames.get(frame), 0, chosen, place * elements, elements);
    }
    new ImageGrid(channels, height, width, Math.min(count, MOST_COLUMNS)).write(file, chosen);
  }

  /**
   * Writes all frames as an animation, complete or not at all.
   *
   * @param perFrame how long a frame is seen, in steps of 10 ms from 20 ms on, which is the
   *     shortest that viewers keep to
   */
  public void writeGif(Path file, List<float[]> frames, Duration perFrame) throws IOException {
    requireFrames(frames);
    long hundredths = Math.round(perFrame.toMillis() / 10.0);
    if (hundredths < SHORTEST_DELAY || hundredths > LONGEST_DELAY) {
      throw new IllegalArgumentException(
          "a frame is seen for 20 ms to 655 s, not " + perFrame.toMillis() + " ms");
    }
    AtomicFile.write(file, gif(frames, Math.toIntExact(hundredths)));
  }

  private void requireFrames(List<float[]> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a film strip has at least one frame");
    }
    int elements = painter().elements();
    for (float[] frame : frames) {
      if (frame.length != elements) {
        throw new IllegalArgumentException(
            "a frame has %d values, not %d".formatted(elements, frame.length));
      }
    }
  }

  private byte[] gif(List<float[]> frames, int hundredths) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int frame = 0; frame < frames.size(); frame++) {
        BufferedImage picture = picture(frames.get(frame));
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), null);
        metadata.mergeTree(FORMAT, timing(hundredths, frame == 0));
        writer.writeToSequence(new IIOImage(picture, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private BufferedImage picture(float[] frame) {
    ImagePainter painter = painter();
    BufferedImage colours = ImagePainter.blank(painter.paintedWidth(), painter.paintedHeight());
    painter.paint(colours, 0, 0, frame, 0);
    return channels == 1 ? grey(colours) : colours;
  }

  /** The same picture with the palette of all 256 levels of grey. */
  private static BufferedImage grey(BufferedImage picture) {
    byte[] levels = new byte[256];
    IntStream.range(0, levels.length).forEach(level -> levels[level] = (byte) level);
    BufferedImage indexed =
        new BufferedImage(
            picture.getWidth(),
            picture.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, levels.length, levels, levels, levels));
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        indexed.getRaster().setSample(x, y, 0, picture.getRGB(x, y) & 0xFF);
      }
    }
    return indexed;
  }

  /** How long a frame is seen, and at the first that the film begins again after the last. */
  private static IIOMetadataNode timing(int hundredths, boolean first) {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    control.setAttribute("transparentColorIndex", "0");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(control);
    if (first) {
      root.appendChild(repetition());
    }
    return root;
  }

  /** The extension that all viewers know, with no limit to its number of rounds. */
  private static IIOMetadataNode repetition() {
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    return extensions;
  }

  private ImagePainter painter() {
    return new ImagePainter(channels, height, width);
  }
}
