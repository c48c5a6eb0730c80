package org.stic.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.graph.Gradients;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
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

  /** Gradient of the sum of {@code loss} with respect to all parameters, flat, in the store's order. */
  public Tensor flatGradient(Tensor loss) {
    List<Tensor> gradients = Gradients.of(loss, List.copyOf(tensors.values()));
    Tensor[] flat =
        gradients.stream()
            .map(gradient -> Ops.reshape(gradient, Shape.of(gradient.shape().intElements())))
            .toArray(Tensor[]::new);
    return Ops.concat(0, flat);
  }
}
