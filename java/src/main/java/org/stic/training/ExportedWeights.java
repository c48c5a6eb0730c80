package org.stic.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsWriter;
import org.stic.model.StoredTensor;
import org.stic.settings.Configuration;

/** The averaged weights of a classifier as a file for other programs. */
final class ExportedWeights {
  private static final JsonMapper JSON = new JsonMapper();

  private final Safetensors content;

  private ExportedWeights(Safetensors content) {
    this.content = content;
  }

  static ExportedWeights of(
      DrawingClassifier subject, ImageDataset data, Path file, boolean classesAlone) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(subject.weights().average().store());
    if (classesAlone) {
      subject
          .headName()
          .ifPresent(
              head -> {
                keepRows(tensors, head + ".weight", subject.classes());
                keepRows(tensors, head + ".bias", subject.classes());
              });
    }
    return new ExportedWeights(new Safetensors(file, metadata(subject, data), tensors));
  }

  private static void keepRows(Map<String, StoredTensor> tensors, String name, int rows) {
    StoredTensor tensor = tensors.get(name);
    int[] shape = tensor.shape();
    float[] values = tensor.toFloats();
    int kept = values.length / shape[0] * rows;
    shape[0] = rows;
    tensors.put(name, StoredTensor.ofFloats(Arrays.copyOf(values, kept), shape));
  }

  /** "format" is what loaders of PyTorch's world look for. */
  private static Map<String, String> metadata(DrawingClassifier subject, ImageDataset data) {
    Configuration configuration = subject.configuration();
    ImageShape shape = data.shape();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("classes", json(data.classNames()));
    metadata.put("input", json(new int[] {shape.channels(), shape.height(), shape.width()}));
    metadata.put("pixels", "[-1, 1]");
    metadata.put("preset", configuration.preset());
    metadata.put("data", configuration.data());
    metadata.put("network", json(configuration.network()));
    return metadata;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings and names are always writable", e);
    }
  }

  void write() throws IOException {
    SafetensorsWriter.write(content);
  }
}
