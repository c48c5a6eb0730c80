package org.stic.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Configurations as TOML. A written file is complete. A file that is read may leave settings out, which then keep the
 * values of the configuration that it is read over; a setting that does not exist is refused.
 */
public final class ConfigurationFile {
  private static final TomlMapper TOML =
      TomlMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private ConfigurationFile() {}

  /** The configuration as TOML text. */
  public static String write(Configuration configuration) {
    try {
      return TOML.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration is always writable", e);
    }
  }

  /**
   * Reads a file over {@code base}.
   *
   * @throws ConfigurationException naming the file and the setting
   */
  public static Configuration read(Path file, Configuration base) throws IOException {
    try {
      ObjectNode settings = TOML.valueToTree(base);
      merge(settings, TOML.readTree(Files.readString(file)));
      return TOML.treeToValue(settings, Configuration.class);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + ": " + explain(e), e);
    }
  }

  /** The preset and the data set that a file names, where it names them. */
  public static Configuration read(Path file, String preset, String data) throws IOException {
    try {
      JsonNode settings = TOML.readTree(Files.readString(file));
      String named = settings.path("preset").asText(preset);
      String set = settings.path("data").asText(data);
      return read(file, Preset.parse(named).configuration(set));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + ": " + explain(e), e);
    }
  }

  private static void merge(ObjectNode base, JsonNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (base.get(change.getKey()) instanceof ObjectNode section && change.getValue().isObject()) {
        merge(section, change.getValue());
      } else {
        base.set(change.getKey(), change.getValue());
      }
    }
  }

  private static String explain(JsonProcessingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "unknown setting '%s'; known here are %s".formatted(path(unknown), unknown.getKnownPropertyIds());
    }
    if (problem instanceof JsonMappingException mapping) {
      Throwable cause = mapping.getCause();
      return cause instanceof ConfigurationException
          ? cause.getMessage()
          : "setting '%s': %s".formatted(path(mapping), mapping.getOriginalMessage());
    }
    return "not valid TOML: line %d: %s"
        .formatted(problem.getLocation().getLineNr(), problem.getOriginalMessage());
  }

  private static String path(JsonMappingException problem) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : problem.getPath()) {
      path.append(path.isEmpty() ? "" : ".");
      path.append(step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()));
    }
    return path.toString();
  }
}
