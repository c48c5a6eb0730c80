package org.stic.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.graph.Tensor;

/**
 * A network's parameters as tensors of one graph.
 *
 * @param tensors tensors by parameter name, in the store's order
 */
public record Weights(Map<String, Tensor> tensors) {

  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The tensor of one parameter. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no parameter '%s'; there are %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }
}
