package org.stic.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** Some of other pictures, in an order of their own. */
final class SelectedImages implements EncodedImages {
  private final EncodedImages all;
  private final int[] places;

  private SelectedImages(EncodedImages all, int[] places) {
    this.all = all;
    this.places = places;
  }

  /** A selection of a selection refers to what that one was taken from. */
  static EncodedImages of(EncodedImages all, int[] places) {
    if (all instanceof SelectedImages selection) {
      int[] original = IntStream.of(places).map(place -> selection.places[place]).toArray();
      return new SelectedImages(selection.all, original);
    }
    return new SelectedImages(all, places.clone());
  }

  @Override
  public int count() {
    return places.length;
  }

  @Override
  public byte[] bytes(int place) throws IOException {
    return all.bytes(places[place]);
  }

  @Override
  public String describe(int place) {
    return all.describe(places[place]);
  }

  @Override
  public String fileName(int place) {
    return all.fileName(places[place]);
  }

  @Override
  public String identity() {
    MessageDigest digest = Checksum.sha256();
    ByteBuffer word = ByteBuffer.allocate(Integer.BYTES);
    for (int place : places) {
      digest.update(word.clear().putInt(place).flip());
    }
    return all.identity() + "/" + HexFormat.of().formatHex(digest.digest());
  }
}
