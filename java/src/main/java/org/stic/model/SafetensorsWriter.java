package org.stic.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes safetensors files. A file appears under its name only when it is complete and on disk: it
 * is written to a temporary name in the same folder, synced, and renamed. The bytes are a function
 * of the content alone.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final JsonMapper JSON = new JsonMapper();

  private SafetensorsWriter() {}

  /** Writes {@code content} to {@code content.file()}, replacing a file that is there. */
  public static void write(Safetensors content) throws IOException {
    Path temporary = content.file().resolveSibling(content.file().getFileName() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeFully(channel, header(content));
        for (StoredTensor tensor : content.tensors().values()) {
          writeFully(channel, tensor.data().asByteBuffer());
        }
        channel.force(true);
      }
      Files.move(
          temporary,
          content.file(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static ByteBuffer header(Safetensors content) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode metadata = root.putObject("__metadata__");
    content.metadata().forEach(metadata::put);
    long offset = 0;
    for (var entry : content.tensors().entrySet()) {
      offset = describe(root.putObject(entry.getKey()), entry.getValue(), offset);
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static long describe(ObjectNode node, StoredTensor tensor, long begin) {
    long end = begin + tensor.data().byteSize();
    node.put("dtype", tensor.type().name());
    var shape = node.putArray("shape");
    for (int extent : tensor.shape()) {
      shape.add(extent);
    }
    node.putArray("data_offsets").add(begin).add(end);
    return end;
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
