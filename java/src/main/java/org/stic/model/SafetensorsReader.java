package org.stic.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads safetensors files: an unsigned 64-bit little-endian header length, a JSON header {@code
 * {name: {dtype, shape, data_offsets: [begin, end]}}} with an optional {@code __metadata__} object
 * of strings, then the data. Tensors must follow each other without gap or overlap up to the end of
 * the file, so a truncated or padded file is refused.
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
  private long position;

  private SafetensorsReader(Path file, MemorySegment content) {
    this.file = file;
    this.content = content;
  }

  /** Reads and checks the whole file. */
  public static Safetensors read(Path file) throws IOException {
    return new SafetensorsReader(file, MemorySegment.ofArray(Files.readAllBytes(file))).read();
  }

  private Safetensors read() throws IOException {
    long headerBytes = headerLength();
    JsonNode header = header(headerBytes);
    position = Long.BYTES + headerBytes;
    long dataStart = position;
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals("__metadata__")) {
        readMetadata(field.getValue());
      } else {
        readTensor(field.getKey(), field.getValue(), dataStart);
      }
    }
    if (position != content.byteSize()) {
      throw problem(
          "%d bytes follow the last tensor; expected none"
              .formatted(content.byteSize() - position));
    }
    return new Safetensors(file, metadata, tensors);
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

  private void readTensor(String name, JsonNode description, long dataStart)
      throws SafetensorsException {
    StoredTensor.Type type = type(name, description.path("dtype").asText());
    int[] shape = shape(name, description.path("shape"));
    long bytes = bytes(name, type, shape);
    JsonNode offsets = description.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (offsets.size() != 2 || begin != position - dataStart || end - begin != bytes) {
      throw problem(
          "tensor '%s' has data_offsets %s, but its %d bytes begin at %d"
              .formatted(name, offsets, bytes, position - dataStart));
    }
    if (bytes > content.byteSize() - position) {
      throw problem("the data of tensor '%s' is cut off; the file is truncated".formatted(name));
    }
    tensors.put(name, new StoredTensor(type, shape, content.asSlice(position, bytes)));
    position += bytes;
  }

  private StoredTensor.Type type(String name, String text) throws SafetensorsException {
    for (StoredTensor.Type type : StoredTensor.Type.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw problem("tensor '%s' has dtype '%s'; F32 and U8 are supported".formatted(name, text));
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
