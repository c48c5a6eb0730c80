package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

class EventFileTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000));

  @TempDir Path folder;

  /** Unpacks the frames, checking every checksum, and has TensorFlow's classes read the events. */
  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      bytes.get(bytes.position(), length);
      byte[] record = new byte[Math.toIntExact(bytes.getLong())];
      assertEquals(RecordFrame.maskedChecksum(length, length.length), bytes.getInt());
      bytes.get(record);
      assertEquals(RecordFrame.maskedChecksum(record, record.length), bytes.getInt());
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  @Test
  void framesHaveTheChecksumsOfTensorFlow() {
    // CRC-32C of 32 zeros is 8a9136aa (RFC 3720, B.4); masked: rotated right by 15, plus a282ead8.
    assertEquals(
        0x0fd7fffa,
        RecordFrame.maskedChecksum(new byte[32], 32),
        Integer.toHexString(RecordFrame.maskedChecksum(new byte[32], 32)));
    byte[] frame = RecordFrame.of("123456789".getBytes(StandardCharsets.US_ASCII));
    assertEquals(8 + 4 + 9 + 4, frame.length);
    assertEquals("0900000000000000", HexFormat.of().formatHex(frame, 0, 8));
    // CRC-32C of "123456789" is e3069283, the check value of every catalogue.
    int masked = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;
    assertEquals(masked, ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(8 + 4 + 9));
  }

  @Test
  void tensorFlowUnderstandsWhatIsWritten() throws IOException {
    EventFile events = EventFile.begin(folder, 0, CLOCK);
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("classifier/accuracy", 0.975);
    numbers.put("drawings/hit_rate", -1e-30);
    events.scalars(3, numbers);
    byte[] png = new ImageGrid(1, 64, 32, 1).png(new float[64 * 32]);
    events.picture(3, "drawings", png);
    events.text(0, "settings", "    data = 'ünïcode'");
    List<Event> read = read(events.file());
    assertEquals(5, read.size());
    assertEquals("brain.Event:2", read.getFirst().getFileVersion());
    assertEquals(1_700_000_000.25, read.getFirst().getWallTime());
    assertEquals(SessionLog.SessionStatus.START, read.get(1).getSessionLog().getStatus());
    Summary scalars = read.get(2).getSummary();
    assertEquals(3, read.get(2).getStep());
    assertEquals("classifier/accuracy", scalars.getValue(0).getTag());
    assertEquals(0.975f, scalars.getValue(0).getSimpleValue());
    assertEquals(-1e-30f, scalars.getValue(1).getSimpleValue());
    Summary.Image image = read.get(3).getSummary().getValue(0).getImage();
    assertEquals(72, image.getHeight());
    assertEquals(40, image.getWidth());
    assertEquals(3, image.getColorspace());
    assertArrayEquals(png, image.getEncodedImageString().toByteArray());
    Summary.Value text = read.get(4).getSummary().getValue(0);
    assertEquals("text", text.getMetadata().getPluginData().getPluginName());
    assertEquals(1, text.getTensor().getTensorShape().getDim(0).getSize());
    assertEquals("    data = 'ünïcode'", text.getTensor().getStringVal(0).toStringUtf8());
    assertTrue(read.stream().allMatch(event -> event.getUnknownFields().asMap().isEmpty()));
  }

  @Test
  void laterFileOfTheSameSecondIsReadAfterAndForgetsLostSteps() throws IOException {
    EventFile first = EventFile.begin(folder, 0, CLOCK);
    EventFile second = EventFile.begin(folder, 2, CLOCK);
    assertNotEquals(first.file(), second.file());
    String earlier = first.file().getFileName().toString();
    String later = second.file().getFileName().toString();
    assertTrue(earlier.compareTo(later) < 0, earlier + " and " + later);
    Event start = read(second.file()).get(1);
    assertEquals(2, start.getStep());
    assertEquals(SessionLog.SessionStatus.START, start.getSessionLog().getStatus());
  }
}
