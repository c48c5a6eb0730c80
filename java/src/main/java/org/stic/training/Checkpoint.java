package org.stic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.SafetensorsReader;
import org.stic.model.SafetensorsWriter;
import org.stic.model.StoredTensor;
import org.stic.settings.Configuration;

/**
 * All state of a run between two passes: weights, optimizer, fakes, chains, pass. Random numbers
 * need none, being functions of the seed and of counters that follow from the pass.
 */
final class Checkpoint {
  private static final String PASS = "pass";
  private static final String RATE_SCALE = "rate.scale";
  private static final String FORMAT = "format";

  private Checkpoint() {}

  /** Writes the state after {@code pass}; the file appears complete or not at all. */
  static void write(
      Path file,
      int pass,
      double rateScale,
      AveragedWeights weights,
      Adam adam,
      Fakes fakes,
      ChainStarts starts)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, Integer.toString(Configuration.FORMAT));
    metadata.put(PASS, Integer.toString(pass));
    metadata.put(RATE_SCALE, Double.toString(rateScale));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    weights.store(tensors);
    adam.store(tensors, metadata);
    fakes.store(tensors);
    starts.store(tensors);
    SafetensorsWriter.write(new Safetensors(file, metadata, tensors));
  }

  /** Reads a file and checks that this version of the program wrote it for this pass. */
  static Safetensors read(Path file, int pass) throws IOException {
    Safetensors content = SafetensorsReader.read(file);
    int format = integer(content, FORMAT);
    if (format != Configuration.FORMAT) {
      throw new SafetensorsException(
          file,
          "checkpoint of format %d; this version of the program reads format %d"
              .formatted(format, Configuration.FORMAT));
    }
    if (integer(content, PASS) != pass) {
      throw new SafetensorsException(
          file, "holds pass %s, not pass %d".formatted(content.text(PASS), pass));
    }
    return content;
  }

  /** The factor by which learning rates were lowered after roll-backs. */
  static double rateScale(Safetensors content) throws SafetensorsException {
    return number(content, RATE_SCALE);
  }

  /** A number of the metadata. */
  static double number(Safetensors content, String key) throws SafetensorsException {
    try {
      return Double.parseDouble(content.text(key));
    } catch (NumberFormatException e) {
      throw new SafetensorsException(
          content.file(), "metadata '%s' is '%s', not a number".formatted(key, content.text(key)));
    }
  }

  /** A whole number of the metadata. */
  static int integer(Safetensors content, String key) throws SafetensorsException {
    try {
      return Integer.parseInt(content.text(key));
    } catch (NumberFormatException e) {
      throw new SafetensorsException(
          content.file(),
          "metadata '%s' is '%s', not a whole number".formatted(key, content.text(key)));
    }
  }
}
