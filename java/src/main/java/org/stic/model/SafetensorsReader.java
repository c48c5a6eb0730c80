package org.stic.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files: an unsigned 64-bit little-endian header length, a JSON header {@code
 * {name: {dtype, shape, data_offsets: [begin, end]}}} with an optional {@code __metadata__} object
 * of strings, then the data. The tensors, in whatever order the header names them, must lie without
 * gap or overlap up to the end of the file, so a truncated or padded file is refused. The file is
 * mapped into memory, not copied: it must not change as long as its tensors are used.
 */
public final class SafetensorsReader {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long MAXIMUM_HEADER = 100L << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final MemorySegment content;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SafetensorsReader(Path file, MemorySegment content) {
    this.file = file;
    this.content = content;
  }

  /** Reads and checks the whole file. */
  public static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment content =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return new SafetensorsReader(file, content).read();
    }
  }

  private Safetensors read() throws IOException {
    long headerBytes = headerLength();
    JsonNode header = header(headerBytes);
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals("__metadata__")) {
        readMetadata(field.getValue());
      } else {
        places.add(place(field.getKey(), field.getValue()));
      }
    }
    requireGapless(places, Long.BYTES + headerBytes);
    for (Place place : places) {
      MemorySegment data = content.asSlice(Long.BYTES + headerBytes + place.begin, place.bytes());
      tensors.put(place.name, new StoredTensor(place.type, place.shape, data));
    }
    return new Safetensors(file, metadata, tensors);
  }

  /** What the header says of one tensor; offsets count from the end of the header. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Place(String name, StoredTensor.Type type, int[] shape, long begin, long end) {
    long bytes() {
      return end - begin;
    }
  }

  /** An empty tensor lies where the next one begins. */
  private void requireGapless(List<Place> places, long dataStart) throws SafetensorsException {
    List<Place> inOrder = new ArrayList<>(places);
    inOrder.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long position = 0;
    String before = null;
    for (Place place : inOrder) {
      if (place.begin != position) {
        throw problem(
            "tensor '%s' has data_offsets [%d,%d], but %s ends at %d: tensors must lie without gap"
                    .formatted(
                        place.name,
                        place.begin,
                        place.end,
                        before == null ? "the header" : "tensor '" + before + "'",
                        position)
                + " or overlap");
      }
      if (place.end > content.byteSize() - dataStart) {
        throw problem(
            "the data of tensor '%s' is cut off; the file is truncated".formatted(place.name));
      }
      position = place.end;
      before = place.name;
    }
    if (position != content.byteSize() - dataStart) {
      throw problem(
          "%d bytes follow the last tensor; expected none"
              .formatted(content.byteSize() - dataStart - position));
    }
  }

  private long headerLength() throws SafetensorsException {
    if (content.byteSize() < Long.BYTES) {
      throw problem("%d bytes are too few for a safetensors file".formatted(content.byteSize()));
    }
    long length = content.get(LENGTH, 0);
    if (length < 2 || length > Math.min(MAXIMUM_HEADER, content.byteSize() - Long.BYTES)) {
      throw problem(
          "header length %s does not fit a file of %d bytes"
              .formatted(Long.toUnsignedString(length), content.byteSize()));
    }
    return length;
  }

  private JsonNode header(long length) throws IOException {
    byte[] text = content.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    try (JsonParser parser = JSON.createParser(new String(text, StandardCharsets.UTF_8))) {
      JsonNode header = parser.readValueAsTree();
      if (header == null || !header.isObject()) {
        throw problem("the header is not a JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw problem("the header is not valid JSON: " + e.getOriginalMessage());
    }
  }

  private void readMetadata(JsonNode values) throws SafetensorsException {
    for (Map.Entry<String, JsonNode> field : values.properties()) {
      if (!field.getValue().isTextual()) {
        throw problem("metadata '%s' is not a string".formatted(field.getKey()));
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private Place place(String name, JsonNode description) throws SafetensorsException {
    StoredTensor.Type type = type(name, description.path("dtype").asText());
    int[] shape = shape(name, description.path("shape"));
    long bytes = bytes(name, type, shape);
    JsonNode offsets = description.path("data_offsets");
    long begin = offset(offsets.path(0));
    long end = offset(offsets.path(1));
    if (offsets.size() != 2 || begin < 0 || end < begin || end - begin != bytes) {
      throw problem(
          "tensor '%s' has data_offsets %s, but is %d bytes long".formatted(name, offsets, bytes));
    }
    return new Place(name, type, shape, begin, end);
  }

  private static long offset(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : -1;
  }

  private StoredTensor.Type type(String name, String text) throws SafetensorsException {
    for (StoredTensor.Type type : StoredTensor.Type.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw problem(
        "tensor '%s' has dtype '%s'; known are %s"
            .formatted(name, text, Arrays.toString(StoredTensor.Type.values())));
  }

  private int[] shape(String name, JsonNode extents) throws SafetensorsException {
    if (!extents.isArray()) {
      throw problem("tensor '%s' has no shape".formatted(name));
    }
    int[] shape = new int[extents.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = extents.get(axis).asInt(-1);
      if (!extents.get(axis).canConvertToInt() || shape[axis] < 0) {
        throw problem("tensor '%s' has the impossible shape %s".formatted(name, extents));
      }
    }
    return shape;
  }

  private long bytes(String name, StoredTensor.Type type, int[] shape) throws SafetensorsException {
    try {
      return Math.multiplyExact(StoredTensor.elements(shape), type.bytes());
    } catch (ArithmeticException e) {
      throw problem("tensor '%s' is larger than any memory".formatted(name));
    }
  }

  private SafetensorsException problem(String text) {
    return new SafetensorsException(file, text);
  }
}
