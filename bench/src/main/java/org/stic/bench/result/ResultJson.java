package org.stic.bench.result;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.stic.report.AtomicFile;

/** Result files as JSON text; what is wrong with one is said in one sentence. */
final class ResultJson {
  /** More than a thousand rows of a thousand samples; whatever is larger is no result. */
  private static final long MOST_BYTES = 64L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ResultJson() {}

  static void write(ResultFile result, Path file) throws IOException {
    String text = JSON.writer(new DefaultPrettyPrinter()).writeValueAsString(result) + "\n";
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static ResultFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ResultException(file + ": is no file; name one that --out has written");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new ResultException(
          "%s has %d MiB; a result file has at most %d"
              .formatted(file, Files.size(file) >> 20, MOST_BYTES >> 20));
    }
    JsonNode content = parse(file);
    requireSchema(file, content);
    return convert(content, ResultFile.class, file.toString());
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ResultException(file + ": " + explain(e), e);
    }
  }

  /**
   * A record from parsed text.
   *
   * @param place of the text, for the sentence that says what is wrong
   */
  static <T> T convert(JsonNode content, Class<T> type, String place) {
    try {
      return JSON.treeToValue(content, type);
    } catch (JsonProcessingException e) {
      throw new ResultException(place + ": " + explain(e), e);
    }
  }

  private static void requireSchema(Path file, JsonNode content) {
    JsonNode schema = content.path("schema");
    if (!schema.asText("").equals(ResultFile.SCHEMA)) {
      throw new ResultException(
          "%s: its schema is %s, but this program reads \"%s\""
              .formatted(file, schema.isMissingNode() ? "not named" : schema, ResultFile.SCHEMA));
    }
  }

  private static String explain(JsonProcessingException problem) {
    return switch (problem) {
      case UnrecognizedPropertyException unknown ->
          "unknown field '%s'; known there are %s"
              .formatted(path(unknown), unknown.getKnownPropertyIds());
      case ValueInstantiationException wrong when wrong.getCause() != null ->
          inside(path(wrong)) + wrong.getCause().getMessage();
      case MismatchedInputException mismatch -> explainMismatch(mismatch);
      case JsonParseException broken ->
          "not JSON: line %d: %s"
              .formatted(broken.getLocation().getLineNr(), broken.getOriginalMessage());
      default -> "not a result: " + problem.getOriginalMessage();
    };
  }

  private static String explainMismatch(MismatchedInputException mismatch) {
    return mismatch.getOriginalMessage().startsWith("Cannot map `null`")
        ? "'%s' is missing".formatted(path(mismatch))
        : "'%s' must be %s".formatted(path(mismatch), words(mismatch.getTargetType()));
  }

  private static String words(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + JSON.convertValue(type.getEnumConstants(), JsonNode.class);
    }
    if (type == String.class) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number" : "an object";
  }

  private static String inside(String path) {
    return path.isEmpty() ? "" : "in '%s' ".formatted(path);
  }

  private static String path(JsonMappingException problem) {
    return problem.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
