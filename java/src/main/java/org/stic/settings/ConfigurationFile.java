package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.cuda.MathMode;

/**
 * Configurations as TOML. A written file is complete. A file that is read may leave settings out,
 * which then keep the values of the configuration that it is read over; a section that changes its
 * {@code kind} must be complete. A setting that does not exist is refused.
 */
public final class ConfigurationFile {
  private static final TomlMapper TOML =
      TomlMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private static final String KIND = "kind";
  private static final String MATH = "math";

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
   * Reads a file whose settings replace those of a preset on a data set. The file may name both;
   * else the arguments do.
   *
   * @throws ConfigurationException naming the file and the setting
   */
  public static Configuration read(Path file, String preset, String data) throws IOException {
    return read(List.of(file), preset, data);
  }

  /**
   * The same for several files, each of which replaces settings of the ones before. The preset and
   * the data are those of the last file that names them, else the arguments.
   */
  public static Configuration read(List<Path> files, String preset, String data)
      throws IOException {
    Map<Path, JsonNode> changes = new LinkedHashMap<>();
    String chosenPreset = preset;
    String chosenData = data;
    for (Path file : files) {
      JsonNode content = parse(file);
      chosenPreset = content.path("preset").asText(chosenPreset);
      chosenData = content.path("data").asText(chosenData);
      changes.put(file, content);
    }
    Configuration configuration = Preset.parse(chosenPreset).configuration(chosenData);
    for (Map.Entry<Path, JsonNode> change : changes.entrySet()) {
      configuration = replace(configuration, change.getKey(), change.getValue());
    }
    return configuration;
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      return TOML.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + ": " + explain(e), e);
    }
  }

  private static Configuration replace(Configuration base, Path file, JsonNode changes) {
    try {
      ObjectNode settings = TOML.valueToTree(base);
      merge(settings, changes);
      return TOML.treeToValue(settings, Configuration.class);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + ": " + explain(e), e);
    }
  }

  /**
   * Reads a file that must be complete, as {@link #write} makes it.
   *
   * @throws ConfigurationException naming the file, and the setting or the version of the program
   */
  public static Configuration readComplete(Path file) throws IOException {
    try {
      ObjectNode settings = (ObjectNode) parse(file);
      int format = settings.path("format").asInt(0);
      if (format != Configuration.FORMAT) {
        throw new ConfigurationException(
            "%s: made by another version of the program: its format is %d, this version reads format %d"
                .formatted(file, format, Configuration.FORMAT));
      }
      if (!settings.has(MATH)) {
        // Runs from before there was a choice.
        settings.put(MATH, MathMode.FP32.flag());
      }
      return TOML.treeToValue(settings, Configuration.class);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + ": " + explain(e), e);
    }
  }

  private static void merge(ObjectNode base, JsonNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (base.get(change.getKey()) instanceof ObjectNode section
          && change.getValue().isObject()
          && !changesKind(section, change.getValue())) {
        merge(section, change.getValue());
      } else {
        base.set(change.getKey(), change.getValue());
      }
    }
  }

  /** A section of another kind takes other settings, so none of the old ones can stay. */
  private static boolean changesKind(JsonNode section, JsonNode change) {
    return change.has(KIND) && !change.get(KIND).equals(section.get(KIND));
  }

  private static String explain(JsonProcessingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "unknown setting '%s'; known here are %s"
          .formatted(path(unknown), unknown.getKnownPropertyIds());
    }
    if (problem instanceof InvalidTypeIdException kind) {
      String wrong =
          kind.getTypeId() == null
              ? path(kind) + " needs a kind"
              : "unknown %s.kind '%s'".formatted(path(kind), kind.getTypeId());
      return "%s; known here are %s".formatted(wrong, kinds(kind.getBaseType().getRawClass()));
    }
    if (problem instanceof JsonMappingException mapping) {
      return explainMapping(mapping);
    }
    return "not valid TOML: line %d: %s"
        .formatted(problem.getLocation().getLineNr(), problem.getOriginalMessage());
  }

  private static String explainMapping(JsonMappingException problem) {
    if (problem.getCause() instanceof ConfigurationException refused) {
      return refused.getMessage();
    }
    if (problem.getCause() instanceof IllegalArgumentException refused) {
      return "%s: %s".formatted(path(problem), refused.getMessage());
    }
    return problem.getOriginalMessage().startsWith("Missing creator property")
        ? path(problem) + " is missing"
        : "setting '%s': %s".formatted(path(problem), problem.getOriginalMessage());
  }

  private static List<String> kinds(Class<?> section) {
    return Arrays.stream(section.getAnnotation(JsonSubTypes.class).value())
        .map(JsonSubTypes.Type::name)
        .toList();
  }

  private static String path(JsonMappingException problem) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : problem.getPath()) {
      path.append(path.isEmpty() ? "" : ".");
      path.append(
          step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()));
    }
    return path.toString();
  }
}
