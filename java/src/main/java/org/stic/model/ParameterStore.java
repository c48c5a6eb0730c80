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
 * The parameters of one network in ONE flat variable on the device, so that an optimizer step, a
 * norm or a checkpoint is one operation; the network reads them through named views. Running
 * statistics lie behind what gradients change. The store owns the memory.
 */
public final class ParameterStore implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Variable all;
  private final Variable trained;
  private final Map<String, Variable> views = new LinkedHashMap<>();

  /**
   * Allocates the parameters in the given order; they hold no useful values yet.
   *
   * @param name names the variable in messages
   */
  public ParameterStore(Device device, String name, List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    int elements = parameters.stream().mapToInt(ParameterStore::alignedElements).sum();
    all = Variable.allocate(device, name, Shape.of(elements));
    int statistics = place(0, false);
    trained = all.view(name + " without statistics", 0, Shape.of(Math.max(1, statistics)));
    place(statistics, true);
  }

  /** Places the parameters of one kind; returns where the next ones go. */
  private int place(int begin, boolean isStatistic) {
    int offset = begin;
    for (Parameter parameter : parameters) {
      if (parameter.isStatistic() == isStatistic) {
        views.put(parameter.name(), all.view(parameter.name(), offset, parameter.shape()));
        offset += alignedElements(parameter);
      }
    }
    return offset;
  }

  /** Room for a parameter with the zeros that bring the next one to an aligned place. */
  private static int alignedElements(Parameter parameter) {
    int alignment = Variable.VIEW_ALIGNMENT;
    return Math.ceilDiv(parameter.shape().intElements(), alignment) * alignment;
  }

  /** All parameters, shape [elements]; zeros between some of them keep each one aligned. */
  public Variable all() {
    return all;
  }

  /** The part of {@link #all()} that gradients change. */
  public Variable trained() {
    return trained;
  }

  /** The declared parameters in their order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The part of {@link #all()} that holds one parameter. */
  public Variable view(String name) {
    Variable view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException(
          "no parameter '%s'; there are %s".formatted(name, views.keySet()));
    }
    return view;
  }

  /** Sets every parameter to its starting distribution, a pure function of the seed. */
  public void initialise(long seed, Purpose purpose) {
    for (int index = 0; index < parameters.size(); index++) {
      Parameter parameter = parameters.get(index);
      PhiloxGenerator random = new RandomKey(seed, purpose, index, 0).generator();
      float[] values = new float[parameter.shape().intElements()];
      for (int element = 0; element < values.length; element++) {
        values[element] =
            (float) (parameter.mean() + parameter.deviation() * random.nextGaussian());
      }
      view(parameter.name()).upload(values);
    }
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
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      values.put(parameter.name(), file.floats(parameter.name(), parameter.shape().dims()));
    }
    values.forEach((name, elements) -> view(name).upload(elements));
  }

  @Override
  public void close() {
    all.close();
  }
}
