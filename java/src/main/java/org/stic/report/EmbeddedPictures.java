package org.stic.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.stic.report.HtmlReport.Picture;

/**
 * Pictures inside a page, which together stay within {@value #MOST_BYTES} bytes: large ones become
 * JPEG, and if that is not enough some are left out, evenly, but not the first and the last.
 *
 * @param shown those that are in the page
 * @param omitted captions of the others
 */
record EmbeddedPictures(List<Embedded> shown, List<String> omitted) {
  private static final int MOST_BYTES = 3_500_000;
  private static final int MOST_PICTURES = 40;
  private static final int LARGEST_PNG = 400_000;

  /** A picture and the address that holds its content. */
  record Embedded(Picture picture, String address) {}

  static EmbeddedPictures of(List<Picture> pictures) throws IOException {
    List<Embedded> candidates = new ArrayList<>();
    for (Picture picture : evenly(Math.min(MOST_PICTURES, pictures.size()), pictures)) {
      candidates.add(new Embedded(picture, address(Files.readAllBytes(picture.png()))));
    }
    List<Embedded> shown = within(MOST_BYTES, candidates);
    Set<Picture> known = shown.stream().map(Embedded::picture).collect(Collectors.toSet());
    List<String> omitted =
        pictures.stream()
            .filter(picture -> !known.contains(picture))
            .map(Picture::caption)
            .toList();
    return new EmbeddedPictures(shown, omitted);
  }

  /** The largest even choice that fits, of at least the first and the last. */
  static List<Embedded> within(long bytes, List<Embedded> all) {
    List<Embedded> chosen = all;
    while (chosen.size() > 2 && size(chosen) > bytes) {
      chosen = evenly(chosen.size() - 1, all);
    }
    return chosen;
  }

  private static long size(List<Embedded> pictures) {
    return pictures.stream().mapToLong(picture -> picture.address().length()).sum();
  }

  private static <T> List<T> evenly(int count, List<T> all) {
    return IntStream.range(0, count)
        .mapToObj(place -> all.get(Math.round(place * (all.size() - 1f) / Math.max(1, count - 1))))
        .toList();
  }

  private static String address(byte[] png) throws IOException {
    if (png.length > LARGEST_PNG) {
      byte[] jpeg = jpeg(png);
      if (jpeg.length < png.length) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
      }
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static byte[] jpeg(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", out);
    return out.toByteArray();
  }
}
