package org.stic.bench;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;

/** What a benchmark's parameter accepts, from its field: its type, and its {@link Form}. */
record ParameterRule(Field field) {

  /** The rules of all parameters of a benchmark's class, by their names. */
  static Map<String, ParameterRule> of(Class<?> benchmark) {
    Map<String, ParameterRule> rules = new LinkedHashMap<>();
    for (Class<?> type = benchmark; type != null; type = type.getSuperclass()) {
      Arrays.stream(type.getDeclaredFields())
          .filter(field -> field.isAnnotationPresent(Param.class))
          .forEach(field -> rules.putIfAbsent(field.getName(), new ParameterRule(field)));
    }
    return rules;
  }

  /**
   * Requires values that the parameter can have.
   *
   * @throws WrongUseException naming benchmark, parameter, value and what would be right
   */
  void require(Collection<String> values) {
    for (String value : values) {
      if (!accepts(value)) {
        throw new WrongUseException(
            "%s cannot have %s=%s: %s"
                .formatted(
                    field.getDeclaringClass().getSimpleName(), field.getName(), value, wanted()));
      }
    }
  }

  private boolean accepts(String value) {
    if (field.getType().isEnum()) {
      return constants().contains(value);
    }
    if (field.getType() == int.class) {
      return value.matches("[1-9]\\d{0,9}") && Long.parseLong(value) <= Integer.MAX_VALUE;
    }
    return !field.isAnnotationPresent(Form.class) || value.matches(form().pattern());
  }

  private String wanted() {
    if (field.getType().isEnum()) {
      return "it is one of " + String.join(", ", constants());
    }
    return field.isAnnotationPresent(Form.class)
        ? "it is written " + form().value()
        : "it is a whole number of at least 1";
  }

  private List<String> constants() {
    return Arrays.stream(field.getType().getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .collect(Collectors.toUnmodifiableList());
  }

  private Form form() {
    return field.getAnnotation(Form.class);
  }
}
