package org.stic.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * Where the red, green and blue bytes of a decoded picture lie. Values are taken as they are
 * stored: colour profiles are ignored, transparency is dropped, and grey stays as dark as it is,
 * where the platform's own conversion would brighten it.
 */
final class PixelLayout {
  private PixelLayout() {}

  /** Whether a picture has exactly three channels of 8 bits, red, green and blue. */
  static boolean isRgb(BufferedImage picture) {
    return isBytes(picture) && picture.getRaster().getNumBands() == 3;
  }

  /** The picture's pixels, shared with it where they lie as bytes. */
  static RgbImage rgb(BufferedImage picture) {
    if (isBytes(picture)) {
      return shared(picture.getRaster());
    }
    return isGrey(picture.getColorModel()) ? grey(picture) : converted(picture);
  }

  private static boolean isBytes(BufferedImage picture) {
    Raster raster = picture.getRaster();
    ColorModel colours = picture.getColorModel();
    return colours instanceof ComponentColorModel
        && !colours.isAlphaPremultiplied()
        && raster.getSampleModel() instanceof ComponentSampleModel
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && (isGrey(colours) || isColour(colours));
  }

  private static boolean isGrey(ColorModel colours) {
    return colours instanceof ComponentColorModel
        && colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static boolean isColour(ColorModel colours) {
    return colours.getColorSpace().getType() == ColorSpace.TYPE_RGB;
  }

  private static RgbImage shared(Raster raster) {
    ComponentSampleModel layout = (ComponentSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    int[] bands = layout.getBandOffsets();
    boolean isGrey = bands.length < 3;
    int origin =
        buffer.getOffset()
            - raster.getSampleModelTranslateY() * layout.getScanlineStride()
            - raster.getSampleModelTranslateX() * layout.getPixelStride();
    return new RgbImage(
        raster.getWidth(),
        raster.getHeight(),
        buffer.getData(),
        origin,
        layout.getScanlineStride(),
        layout.getPixelStride(),
        bands[0],
        isGrey ? bands[0] : bands[1],
        isGrey ? bands[0] : bands[2]);
  }

  /** Grey of another depth, scaled to 8 bits. */
  private static RgbImage grey(BufferedImage picture) {
    Raster raster = picture.getRaster();
    int width = raster.getWidth();
    int most = (1 << Math.min(DataBuffer.getDataTypeSize(raster.getTransferType()), 16)) - 1;
    byte[] data = new byte[width * raster.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        data[y * width + x] = (byte) ((row[x] * 255L + most / 2) / most);
      }
    }
    return new RgbImage(width, raster.getHeight(), data, 0, width, 1, 0, 0, 0);
  }

  /** Palettes and deep colours, by the platform's conversion. */
  private static RgbImage converted(BufferedImage picture) {
    int width = picture.getWidth();
    byte[] data = new byte[Math.multiplyExact(3, width * picture.getHeight())];
    int[] row = new int[width];
    int position = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        data[position++] = (byte) (pixel >> 16);
        data[position++] = (byte) (pixel >> 8);
        data[position++] = (byte) pixel;
      }
    }
    return RgbImage.interleaved(width, picture.getHeight(), data);
  }
}
