package org.stic.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * The parameters of one network in ONE flat variable on the device, so that an optimizer step, a norm or a checkpoint
 * is one operation; the network reads them through named views. The store owns the memory.
 */
public final class ParameterStore implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Variable all;
  private final Map<String, Variable> views = new LinkedHashMap<>();

  /**
   * Allocates the parameters in the given order; they hold no useful values yet.
   *
   * @param name names the variable in messages
   */
  public ParameterStore(Device device, String name, List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    int elements = parameters.stream().mapToInt(p -> p.shape().intElements()).sum();
    all = Variable.allocate(device, name, Shape.of(elements));
    int offset = 0;
    for (Parameter parameter : parameters) {
      views.put(parameter.name(), all.view(parameter.name(), offset, parameter.shape()));
      offset += parameter.shape().intElements();
    }
  }

  /** All parameters, shape [elements]. */
  public Variable all() {
    return all;
  }

  /** The declared parameters in the order of their places in {@link #all()}. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Number of trainable numbers. */
  public int elements() {
    return all.shape().intElements();
  }

  /** Sets every parameter to its starting distribution, a pure function of the seed. */
  public void initialise(long seed, Purpose purpose) {
    float[] values = new float[elements()];
    int offset = 0;
    for (int index = 0; index < parameters.size(); index++) {
      PhiloxGenerator random = new RandomKey(seed, purpose, index, 0).generator();
      int end = offset + parameters.get(index).shape().intElements();
      for (double deviation = parameters.get(index).deviation(); offset < end; offset++) {
        values[offset] = (float) (deviation * random.nextGaussian());
      }
    }
    all.upload(values);
  }

  /** Makes the parameters' current values readable in {@code graph}. */
  public Weights read(Graph graph) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    views.forEach((name, view) -> tensors.put(name, graph.read(view)));
    return new Weights(tensors);
  }

  /** The parameters by name, for a file. */
  public Map<String, StoredTensor> store() {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    views.forEach(
        (name, view) ->
            stored.put(name, StoredTensor.ofFloats(view.download(), view.shape().dims())));
    return stored;
  }

  /** Takes all parameters from a file; nothing changes unless all are there with their shapes. */
  public void restore(Safetensors file) throws SafetensorsException {
    float[] values = new float[elements()];
    int offset = 0;
    for (Parameter parameter : parameters) {
      float[] part = file.floats(parameter.name(), parameter.shape().dims());
      System.arraycopy(part, 0, values, offset, part.length);
      offset += part.length;
    }
    all.upload(values);
  }

  @Override
  public void close() {
    all.close();
  }
}
