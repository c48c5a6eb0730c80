package org.stic.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("weights.safetensors");
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "weight", StoredTensor.ofFloats(new float[] {1, -2, Float.MIN_VALUE, 4, 5, 6}, 2, 3));
    tensors.put("pool", StoredTensor.ofBytes(new byte[] {-1, 0, 127}, 3));
    tensors.put("scale", StoredTensor.ofFloats(new float[] {0.5f}));
    tensors.put("empty", StoredTensor.ofBytes(new byte[0], 0, 7));
    SafetensorsWriter.write(new Safetensors(file, Map.of("pass", "3", "name", "größe"), tensors));

    Safetensors read = SafetensorsReader.read(file);
    assertArrayEquals(new float[] {1, -2, Float.MIN_VALUE, 4, 5, 6}, read.floats("weight", 2, 3));
    assertArrayEquals(new byte[] {-1, 0, 127}, read.bytes("pool", 3));
    assertArrayEquals(new float[] {0.5f}, read.floats("scale"));
    assertEquals(0, read.bytes("empty", 0, 7).length);
    assertEquals("3", read.text("pass"));
    assertEquals("größe", read.text("name"));
    assertArrayEquals(
        new String[] {"weights.safetensors"}, folder.toFile().list(), "no temporary file stays");
  }

  @Test
  void namesWhatIsMissingOrOfAnotherShape() throws IOException {
    Map<String, StoredTensor> tensors = Map.of("a", StoredTensor.ofFloats(new float[6], 2, 3));
    SafetensorsWriter.write(new Safetensors(file, Map.of(), tensors));
    Safetensors read = SafetensorsReader.read(file);
    assertMessage("tensor 'b' is missing; the file has [a]", () -> read.floats("b", 2, 3));
    assertMessage(
        "tensor 'a' is F32 [2, 3], but F32 [3, 2] is expected", () -> read.floats("a", 3, 2));
    assertMessage(
        "tensor 'a' is F32 [2, 3], but U8 [2, 3] is expected", () -> read.bytes("a", 2, 3));
    assertMessage("metadata 'pass' is missing", () -> read.text("pass"));
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    Map<String, StoredTensor> tensors = Map.of("a", StoredTensor.ofFloats(new float[6], 2, 3));
    SafetensorsWriter.write(new Safetensors(file, Map.of(), tensors));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(SafetensorsException.class, () -> SafetensorsReader.read(file), "at " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertMessage("1 bytes follow the last tensor", () -> SafetensorsReader.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the header is not a JSON object",
        "{\"a\": | the header is not valid JSON",
        "{\"a\":1,\"a\":2} | the header is not valid JSON",
        "{\"__metadata__\":{\"k\":1}} | metadata 'k' is not a string",
        "{\"a\":{}} | tensor 'a' has dtype ''",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | dtype 'C64'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | data_offsets [-4,0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4.5]}} | data_offsets [0,4.5]",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}} | tensor 'a' has no shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | impossible shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9999999999],\"data_offsets\":[0,4]}} | impossible"
            + " shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}}"
            + " | larger than any memory",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | data_offsets [0,8]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | data_offsets [4,8]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | data_offsets [0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}"
            + " | tensor 'b' has data_offsets [2,6], but tensor 'a' ends at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | the file is truncated",
      })
  void refusesMalformedHeaders(String header, String message) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, content.putLong(json.length).put(json).array());
    assertMessage(message, () -> SafetensorsReader.read(file));
  }

  /** Official writers sort the data by type and the header by name. */
  @Test
  void tensorsMayLieInAnotherOrderThanTheHeaders() throws IOException {
    String header =
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    write(header, new byte[] {0, 0, -128, 63, 7, 8});
    Safetensors read = SafetensorsReader.read(file);
    assertArrayEquals(new float[] {1}, read.floats("a", 1));
    assertArrayEquals(new byte[] {7, 8}, read.bytes("b", 2));
    assertArrayEquals(new float[0], read.floats("e", 0));
  }

  @Test
  void otherFloatingPointTypesAreReadInSinglePrecision() throws IOException {
    String header =
        "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[12,14]}}";
    ByteBuffer data = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(-2.5).putShort((short) 0x3C00).putShort((short) 0xC100).putShort((short) 0x4049);
    write(header, data.array());
    Safetensors read = SafetensorsReader.read(file);
    assertArrayEquals(new float[] {-2.5f}, read.tensor("d").toFloats());
    assertArrayEquals(new float[] {1, -2.5f}, read.tensor("h").toFloats());
    assertArrayEquals(new float[] {3.140625f}, read.tensor("b").toFloats());
  }

  /**
   * Whatever bytes are changed, a file is read as it says or refused in a sentence with its name.
   */
  @Test
  void hostileFilesAreRefusedOrRead() throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", StoredTensor.ofFloats(new float[6], 2, 3));
    tensors.put("count", StoredTensor.ofBytes(new byte[5], 5));
    SafetensorsWriter.write(new Safetensors(file, Map.of("k", "v"), tensors));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(TestSeed.value());
    String alphabet = "0123456789-+.eE\"{}[]:, FUIB";
    for (int round = 0; round < 3000; round++) {
      byte[] changed = whole.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        int place = random.nextInt(changed.length);
        changed[place] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      if (random.nextInt(4) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(whole.length + 20));
      }
      Path hostile = Files.write(folder.resolve("hostile-" + round % 7), changed);
      try {
        Safetensors read = SafetensorsReader.read(hostile);
        long bytes = read.tensors().values().stream().mapToLong(t -> t.data().byteSize()).sum();
        assertTrue(bytes < changed.length, "seed " + TestSeed.value() + " round " + round);
      } catch (SafetensorsException e) {
        assertTrue(e.getMessage().startsWith(hostile + ": "), e.getMessage());
      }
    }
  }

  @Test
  void deepHeadersAreRefused() throws IOException {
    write("[".repeat(100_000), new byte[0]);
    assertMessage("the header is not valid JSON", () -> SafetensorsReader.read(file));
  }

  private void write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, content.putLong(json.length).put(json).put(data).array());
  }

  @Test
  void refusesAHeaderLengthThatDoesNotFit() throws IOException {
    for (long length : new long[] {-1, Long.MAX_VALUE, 1000, 0}) {
      Files.write(
          file,
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(length)
              .putLong(0)
              .array());
      assertMessage("header length", () -> SafetensorsReader.read(file));
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Map<String, StoredTensor> tensors = Map.of("a", StoredTensor.ofFloats(new float[] {3}, 1));
    SafetensorsWriter.write(new Safetensors(file, Map.of(), tensors));
    Path blocker = Files.createDirectory(folder.resolve("weights.safetensors.partial"));
    assertThrows(
        IOException.class,
        () -> SafetensorsWriter.write(new Safetensors(file, Map.of(), Map.of())));
    assertFalse(Files.isRegularFile(blocker));
    assertArrayEquals(new float[] {3}, SafetensorsReader.read(file).floats("a", 1));
  }

  private void assertMessage(String part, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(SafetensorsException.class, action).getMessage();
    assertTrue(message.contains(part), message);
    assertTrue(message.startsWith(file.toString()), message);
  }
}
