package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.report.HtmlReport.Picture;

class EmbeddedPicturesTest {
  @TempDir Path folder;

  private Picture noise(int side, String name) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(name.hashCode());
    for (int pixel = 0; pixel < side * side; pixel++) {
      image.setRGB(pixel % side, pixel / side, random.nextInt(1 << 24));
    }
    Path file = folder.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return new Picture(name, file);
  }

  @Test
  void pageOfManyLargePicturesStaysSmallAndNamesWhatItLeavesOut() throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (int pass = 0; pass <= 12; pass++) {
      pictures.add(noise(1000, "pass " + pass));
    }
    HtmlReport report = new HtmlReport("large").pictures("Drawings", pictures);
    assertTrue(report.page().length() < 4_000_000, "" + report.page().length());
    EmbeddedPictures embedded = EmbeddedPictures.of(pictures);
    List<String> shown = embedded.shown().stream().map(e -> e.picture().caption()).toList();
    assertEquals("pass 0", shown.getFirst());
    assertEquals("pass 12", shown.getLast());
    assertEquals(13, shown.size() + embedded.omitted().size());
    assertTrue(embedded.shown().getFirst().address().startsWith("data:image/jpeg;base64,"));
    assertTrue(report.page().contains("Left out to keep this page small: pass "));
  }

  @Test
  void smallPicturesStayExactAndAllAreShown() throws IOException {
    EmbeddedPictures embedded = EmbeddedPictures.of(List.of(noise(64, "a"), noise(64, "b")));
    assertEquals(List.of(), embedded.omitted());
    assertTrue(embedded.shown().getFirst().address().startsWith("data:image/png;base64,"));
  }

  @Test
  void thousandsOfPicturesAreNotEvenRead() throws IOException {
    Picture one = noise(8, "one");
    List<Picture> pictures =
        IntStream.range(0, 3000).mapToObj(i -> new Picture("pass " + i, one.png())).toList();
    EmbeddedPictures embedded = EmbeddedPictures.of(pictures);
    assertEquals(40, embedded.shown().size());
    assertEquals(2960, embedded.omitted().size());
  }
}
