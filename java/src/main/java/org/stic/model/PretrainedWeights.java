package org.stic.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Weights of a network in a file that another program may have written: PyTorch's names, any
 * floating-point type, and what wrappers add to names. Everything that the network has must be
 * there once, with its shape and finite; what else is there must be known to play no part.
 */
public final class PretrainedWeights {
  /** What DataParallel and JEM's classifier put before the names. */
  private static final List<String> PREFIXES = List.of("module.", "f.");

  /** Counts of batches, and parts of JEM's classifier that do not classify. */
  private static final List<String> UNUSED =
      List.of(".*\\.num_batches_tracked", "f\\.linear\\..*", "energy_output\\..*");

  private static final int NAMES_SHOWN = 5;

  private final Safetensors file;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> storedNames = new LinkedHashMap<>();

  private PretrainedWeights(Safetensors file) {
    this.file = file;
  }

  /** The weights of a file, whose names are understood but not yet compared with any network. */
  public static PretrainedWeights of(Safetensors file) throws SafetensorsException {
    PretrainedWeights weights = new PretrainedWeights(file);
    for (Map.Entry<String, StoredTensor> entry : file.tensors().entrySet()) {
      weights.add(entry.getKey(), entry.getValue());
    }
    return weights;
  }

  private void add(String stored, StoredTensor tensor) throws SafetensorsException {
    String whole = withoutPrefix(stored, PREFIXES.subList(0, 1));
    if (UNUSED.stream().anyMatch(whole::matches)) {
      return;
    }
    String name = withoutPrefix(whole, PREFIXES).replaceFirst("^class_output\\.", "linear.");
    String other = storedNames.put(name, stored);
    if (other != null) {
      throw problem("tensors '%s' and '%s' both are parameter '%s'".formatted(other, stored, name));
    }
    tensors.put(name, tensor);
  }

  private static String withoutPrefix(String name, List<String> prefixes) {
    return prefixes.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(prefix -> name.substring(prefix.length()))
        .orElse(name);
  }

  /**
   * Sets all parameters of a network; nothing changes unless all are right.
   *
   * @throws SafetensorsException naming the file and a tensor that is missing, unknown, of another
   *     shape or not finite
   */
  public void restore(ParameterStore store) throws SafetensorsException {
    requireKnown(store.parameters());
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : store.parameters()) {
      values.put(parameter.name(), values(parameter));
    }
    values.forEach((name, elements) -> store.view(name).upload(elements));
  }

  /**
   * The same for a network whose last layer may have more logits than the file's, which classifies
   * only: its further rows keep their values.
   *
   * @param network whose parameters the store holds
   */
  public void restore(ParameterStore store, ClassifierNetwork network) throws SafetensorsException {
    requireKnown(store.parameters());
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : store.parameters()) {
      values.put(parameter.name(), values(withRowsOfFile(parameter, network)));
    }
    values.forEach(
        (name, elements) -> {
          float[] all = store.view(name).download();
          System.arraycopy(elements, 0, all, 0, elements.length);
          store.view(name).upload(all);
        });
  }

  /** A parameter of the last layer with a row for each class alone, where the file has that. */
  private Parameter withRowsOfFile(Parameter parameter, ClassifierNetwork network) {
    StoredTensor tensor = tensors.get(parameter.name());
    boolean classesAlone =
        parameter.name().startsWith(network.headName() + ".")
            && tensor != null
            && tensor.shape().length > 0
            && tensor.shape()[0] == network.classes();
    return classesAlone
        ? new Parameter(
            parameter.name(), parameter.shape().with(0, network.classes()), parameter.deviation())
        : parameter;
  }

  private void requireKnown(List<Parameter> parameters) throws SafetensorsException {
    List<String> known = parameters.stream().map(Parameter::name).toList();
    TreeSet<String> unknown = new TreeSet<>(tensors.keySet());
    known.forEach(unknown::remove);
    TreeSet<String> missing = new TreeSet<>(known);
    missing.removeAll(tensors.keySet());
    if (!missing.isEmpty()) {
      throw problem(
          "%s missing, which the model has; the file has %s"
              .formatted(some(missing), shown(tensors.keySet().stream().toList())));
    }
    if (!unknown.isEmpty()) {
      throw problem(some(unknown) + " not of the model");
    }
  }

  private static String some(Set<String> names) {
    List<String> all = List.copyOf(names);
    return names.size() == 1
        ? "tensor '%s' is".formatted(all.getFirst())
        : "%d tensors (%s) are".formatted(names.size(), shown(all));
  }

  private static String shown(List<String> names) {
    String first =
        names.stream().limit(NAMES_SHOWN).map("'%s'"::formatted).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN ? first + ", ..." : first;
  }

  private float[] values(Parameter parameter) throws SafetensorsException {
    StoredTensor tensor = tensors.get(parameter.name());
    String stored = storedNames.get(parameter.name());
    if (!Arrays.equals(tensor.shape(), parameter.shape().dims())) {
      throw problem(
          "tensor '%s' has shape %s, but the model's is %s"
              .formatted(stored, Arrays.toString(tensor.shape()), parameter.shape()));
    }
    if (!tensor.type().isReal()) {
      throw problem(
          "tensor '%s' is %s, but weights are F32, F16, BF16 or F64"
              .formatted(stored, tensor.type()));
    }
    float[] values = tensor.toFloats();
    for (int index = 0; index < values.length; index++) {
      if (parameter.name().endsWith(".running_var") && values[index] < 0) {
        throw problem(
            "tensor '%s' has %s as element %d; variances must not be negative"
                .formatted(stored, values[index], index));
      }
      if (!Float.isFinite(values[index])) {
        throw problem(
            "tensor '%s' has %s as element %d; weights must be finite"
                .formatted(stored, values[index], index));
      }
    }
    return values;
  }

  private SafetensorsException problem(String text) {
    return new SafetensorsException(path(), text);
  }

  private Path path() {
    return file.file();
  }
}
