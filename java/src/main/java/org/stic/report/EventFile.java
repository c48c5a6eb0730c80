package org.stic.report;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Measurements for TensorBoard: a new file of events in a folder, which may hold older ones of the
 * same run. Each event is written at once. The numbers of fields are those of TensorFlow's
 * event.proto, summary.proto and tensor.proto.
 */
public final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int COLOUR_CHANNELS = 3;
  private static final int STRING_TYPE = 7;
  private static final int SESSION_STARTS = 1;

  private final InstantSource clock;
  private final Path file;

  private EventFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Begins a file that TensorBoard reads after all that are in the folder. What those hold of steps
   * from {@code step} on it then forgets: the work since then was lost and is done again.
   */
  public static EventFile begin(Path folder, long step, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    long second = clock.instant().getEpochSecond();
    EventFile events = new EventFile(Files.createFile(unused(folder, second)), clock);
    events.append(
        message(
            out -> {
              out.writeDouble(1, events.now());
              out.writeString(3, VERSION);
            }));
    ByteString session = message(out -> out.writeEnum(1, SESSION_STARTS));
    events.append(
        message(
            out -> {
              out.writeDouble(1, events.now());
              out.writeInt64(2, step);
              out.writeBytes(7, session);
            }));
    return events;
  }

  /** TensorBoard reads files in the order of their names. */
  private static Path unused(Path folder, long second) {
    Path file = folder.resolve("events.out.tfevents.%010d.stic".formatted(second));
    return Files.exists(file) ? unused(folder, second + 1) : file;
  }

  /** Its place. */
  public Path file() {
    return file;
  }

  /** Adds numbers by name; a name with a slash belongs to the group before it. */
  public void scalars(long step, Map<String, Double> numbers) throws IOException {
    List<ByteString> values =
        numbers.entrySet().stream()
            .map(
                number ->
                    message(
                        out -> {
                          out.writeString(1, number.getKey());
                          out.writeFloat(2, number.getValue().floatValue());
                        }))
            .toList();
    summary(step, values);
  }

  /** Adds a picture, given as the content of a PNG file. */
  public void picture(long step, String name, byte[] png) throws IOException {
    BufferedImage size = ImageIO.read(new ByteArrayInputStream(png));
    ByteString image =
        message(
            out -> {
              out.writeInt32(1, size.getHeight());
              out.writeInt32(2, size.getWidth());
              out.writeInt32(3, COLOUR_CHANNELS);
              out.writeByteArray(4, png);
            });
    ByteString value =
        message(
            out -> {
              out.writeString(1, name);
              out.writeBytes(4, image);
            });
    summary(step, List.of(value));
  }

  /** Adds text in Markdown. */
  public void text(long step, String name, String markdown) throws IOException {
    ByteString dimension = message(out -> out.writeInt64(1, 1));
    ByteString shape = message(out -> out.writeBytes(2, dimension));
    ByteString tensor =
        message(
            out -> {
              out.writeEnum(1, STRING_TYPE);
              out.writeBytes(2, shape);
              out.writeByteArray(8, markdown.getBytes(StandardCharsets.UTF_8));
            });
    ByteString plugin = message(out -> out.writeString(1, "text"));
    ByteString metadata = message(out -> out.writeBytes(1, plugin));
    ByteString value =
        message(
            out -> {
              out.writeString(1, name);
              out.writeBytes(8, tensor);
              out.writeBytes(9, metadata);
            });
    summary(step, List.of(value));
  }

  private void summary(long step, List<ByteString> values) throws IOException {
    ByteString summary =
        message(
            out -> {
              for (ByteString value : values) {
                out.writeBytes(1, value);
              }
            });
    append(
        message(
            out -> {
              out.writeDouble(1, now());
              out.writeInt64(2, step);
              out.writeBytes(5, summary);
            }));
  }

  private double now() {
    Instant instant = clock.instant();
    return instant.getEpochSecond() + instant.getNano() * 1e-9;
  }

  private void append(ByteString event) throws IOException {
    Files.write(file, RecordFrame.of(event.toByteArray()), StandardOpenOption.APPEND);
  }

  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Fields fields) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
    return bytes.toByteString();
  }
}
