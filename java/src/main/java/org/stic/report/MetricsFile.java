package org.stic.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measurements as JSON Lines: one object a line, in order, each written at once so that a line is
 * there or not whenever the program ends. Numbers that are not finite become null.
 */
public final class MetricsFile {
  private static final ObjectMapper JSON = json();

  private final Path file;

  public MetricsFile(Path file) {
    this.file = file;
  }

  /** Appends one record. */
  public void append(Object measurement) throws IOException {
    byte[] line = (toJson(measurement) + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(line);
    }
  }

  /** All complete lines, oldest first; none if the file does not exist. */
  public List<JsonNode> read() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        lines.add(parse(line, lines.size() + 1));
      }
    }
    return lines;
  }

  private JsonNode parse(String line, int number) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("%s, line %d: not a JSON object".formatted(file, number), e);
    }
  }

  /** A record as one line of JSON with the names of this project's files, such as hit_rate. */
  public static String toJson(Object measurement) throws IOException {
    return JSON.writeValueAsString(measurement);
  }

  private static ObjectMapper json() {
    SimpleModule finite = new SimpleModule();
    finite.addSerializer(double.class, new FiniteSerializer());
    finite.addSerializer(Double.class, new FiniteSerializer());
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .addModule(finite)
        .build();
  }

  private static final class FiniteSerializer extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    FiniteSerializer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
