package org.stic.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file.
 *
 * @param file where it was read from or will be written to; names the file in messages
 * @param metadata free text by key
 * @param tensors tensors by name, in file order
 */
public record Safetensors(
    Path file, Map<String, String> metadata, Map<String, StoredTensor> tensors) {

  public Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The elements of the single-precision tensor {@code name}, which must have this shape. */
  public float[] floats(String name, int... shape) throws SafetensorsException {
    return tensor(name, StoredTensor.Type.F32, shape).toFloats();
  }

  /** The elements of the byte tensor {@code name}, which must have this shape. */
  public byte[] bytes(String name, int... shape) throws SafetensorsException {
    return tensor(name, StoredTensor.Type.U8, shape).toBytes();
  }

  /** The tensor {@code name} of any type and shape. */
  public StoredTensor tensor(String name) throws SafetensorsException {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new SafetensorsException(
          file, "tensor '%s' is missing; the file has %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  /** The text stored under {@code key}. */
  public String text(String key) throws SafetensorsException {
    String value = metadata.get(key);
    if (value == null) {
      throw new SafetensorsException(
          file, "metadata '%s' is missing; the file has %s".formatted(key, metadata.keySet()));
    }
    return value;
  }

  private StoredTensor tensor(String name, StoredTensor.Type type, int... shape)
      throws SafetensorsException {
    StoredTensor tensor = tensor(name);
    if (tensor.type() != type || !Arrays.equals(tensor.shape(), shape)) {
      throw new SafetensorsException(
          file,
          "tensor '%s' is %s %s, but %s %s is expected"
              .formatted(
                  name,
                  tensor.type(),
                  Arrays.toString(tensor.shape()),
                  type,
                  Arrays.toString(shape)));
    }
    return tensor;
  }
}
