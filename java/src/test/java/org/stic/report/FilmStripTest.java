package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FilmStripTest {
  private static final Duration TENTH = Duration.ofMillis(100);

  @TempDir Path folder;

  private record Film(List<BufferedImage> frames, List<Element> metadata) {

    static Film read(Path file) throws IOException {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
        reader.setInput(in);
        Film film = new Film(new ArrayList<>(), new ArrayList<>());
        for (int frame = 0; frame < reader.getNumImages(true); frame++) {
          film.frames.add(reader.read(frame));
          film.metadata.add(
              (Element) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0"));
        }
        return film;
      } finally {
        reader.dispose();
      }
    }
  }

  private static float[] ofLevel(int elements, int level) {
    float[] frame = new float[elements];
    Arrays.fill(frame, level / 127.5f - 1);
    return frame;
  }

  @Test
  void greyFilmKeepsEveryLevelItsPaceAndRepeats() throws IOException {
    float[] ramp = new float[17 * 31];
    IntStream.range(0, ramp.length).forEach(i -> ramp[i] = i % 256 / 127.5f - 1);
    Path file = folder.resolve("film.gif");
    new FilmStrip(1, 17, 31).writeGif(file, List.of(ramp, ofLevel(17 * 31, 3)), TENTH);
    Film film = Film.read(file);
    assertEquals(2, film.frames().size());
    BufferedImage first = film.frames().getFirst();
    assertEquals(4 * 31, first.getWidth());
    assertEquals(4 * 17, first.getHeight());
    for (int position = 0; position < ramp.length; position++) {
      int level = position % 256;
      int colour = first.getRGB(position % 31 * 4 + 3, position / 31 * 4 + 1) & 0xFFFFFF;
      assertEquals(level << 16 | level << 8 | level, colour, "at " + position);
    }
    for (Element frame : film.metadata()) {
      Element control = (Element) frame.getElementsByTagName("GraphicControlExtension").item(0);
      assertEquals("10", control.getAttribute("delayTime"));
    }
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int loop = bytes.indexOf("NETSCAPE2.0");
    assertEquals(loop, bytes.lastIndexOf("NETSCAPE2.0"));
    assertEquals("\3\1\0\0\0", bytes.substring(loop + 11, loop + 16), "repeats for ever");
    assertTrue(bytes.startsWith("GIF89a"), bytes.substring(0, 6));
  }

  @Test
  void colourFilmIsNearItsFramesThoughTheyHaveManyColours() throws IOException {
    int side = 67;
    Random random = new Random(7);
    List<float[]> frames = new ArrayList<>();
    for (int frame = 0; frame < 3; frame++) {
      float[] values = new float[3 * side * side];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i / side % side + frame * 10 + random.nextInt(9)) / 60f - 1;
      }
      frames.add(values);
    }
    Path file = folder.resolve("colours.gif");
    new FilmStrip(3, side, side).writeGif(file, frames, Duration.ofSeconds(1));
    Film film = Film.read(file);
    assertEquals(3, film.frames().size());
    for (int frame = 0; frame < 3; frame++) {
      double error = 0;
      for (int i = 0; i < side * side; i++) {
        int colour = film.frames().get(frame).getRGB(i % side, i / side);
        for (int channel = 0; channel < 3; channel++) {
          int wanted = ImagePainter.level(frames.get(frame)[channel * side * side + i]);
          error += Math.abs(wanted - ((colour >> (16 - 8 * channel)) & 0xFF));
        }
      }
      double mean = error / (3 * side * side);
      assertTrue(mean <= 12, "frame %d is %s levels off".formatted(frame, mean));
    }
  }

  @Test
  void stripShowsAllFramesOrAnEvenChoiceWithTheEnds() throws IOException {
    Path file = folder.resolve("strip.png");
    FilmStrip strip = new FilmStrip(1, 64, 64);
    List<float[]> many =
        IntStream.range(0, 256).mapToObj(level -> ofLevel(64 * 64, level)).toList();
    strip.writePng(file, many.subList(0, 3));
    assertEquals(4 + 3 * 68, ImageIO.read(file.toFile()).getWidth());
    strip.writePng(file, many);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(4 + 10 * 68, picture.getWidth());
    assertEquals(4 + 4 * 68, picture.getHeight());
    assertEquals(0, picture.getRGB(8, 8) & 0xFF);
    assertEquals(255, picture.getRGB(4 + 9 * 68 + 5, 4 + 3 * 68 + 5) & 0xFF);
    assertEquals(7, picture.getRGB(4 + 68 + 5, 8) & 0xFF);
  }

  @Test
  void wrongFramesAndPacesAreRefused() {
    FilmStrip strip = new FilmStrip(3, 5, 7);
    Path file = folder.resolve("none.gif");
    List<float[]> frame = List.of(new float[3 * 5 * 7]);
    assertThrows(IllegalArgumentException.class, () -> strip.writePng(file, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> strip.writePng(file, List.of(new float[5 * 7])));
    assertThrows(
        IllegalArgumentException.class, () -> strip.writeGif(file, frame, Duration.ofMillis(14)));
    assertThrows(
        IllegalArgumentException.class, () -> strip.writeGif(file, frame, Duration.ofHours(1)));
    assertThrows(IllegalArgumentException.class, () -> new FilmStrip(4, 5, 7));
  }
}
