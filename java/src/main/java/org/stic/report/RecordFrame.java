package org.stic.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frame around a record in TensorFlow's record files: its length in 8 bytes, a checksum of
 * them, the record, a checksum of it; all numbers little-endian. A checksum is a CRC-32C, rotated
 * and shifted so that the checksum of data with checksums inside stays a good one.
 */
final class RecordFrame {
  private static final int ROTATION = 15;
  private static final int OFFSET = 0xa282ead8;
  private static final int AROUND = Long.BYTES + Integer.BYTES + Integer.BYTES;

  private RecordFrame() {}

  /** The record inside its frame. */
  static byte[] of(byte[] record) {
    ByteBuffer frame = ByteBuffer.allocate(AROUND + record.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(record.length);
    frame.putInt(maskedChecksum(frame.array(), Long.BYTES));
    frame.put(record);
    frame.putInt(maskedChecksum(record, record.length));
    return frame.array();
  }

  /** Checksum of the first bytes. */
  static int maskedChecksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), ROTATION) + OFFSET;
  }
}
