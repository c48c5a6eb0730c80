package org.stic.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Inception-v3 with fixed weights, the network of IS, FID and KID: images in [-1, 1] are resized to
 * 299x299 bilinearly, as pytorch-fid does, and become 2048 features and logits. Batch normalisation
 * is folded into the convolutions.
 *
 * <p>Weights come under torchvision's names, {@code NAME.conv.weight}, {@code NAME.bn.*} and {@code
 * fc.*}. With 1,008 classes they are TensorFlow's of 2015, which the literature's figures use
 * (pytorch-fid's file): its pooling applies, and logits go without the last bias, as in the code of
 * the Inception score. With any other number of classes they are torchvision's.
 *
 * @param classes rows of the last layer
 */
public record InceptionV3(int classes) {
  /** Length of a feature vector. */
  public static final int FEATURES = 2048;

  /** Classes of the network whose figures are called IS, FID and KID. */
  public static final int CLASSES_OF_FID = 1008;

  private static final int SIDE = 299;
  private static final double EPSILON = 1e-3;
  private static final Pattern UNUSED = Pattern.compile("AuxLogits\\..*|.*\\.num_batches_tracked");

  /** The network of a file. */
  public static InceptionV3 of(Safetensors file) throws SafetensorsException {
    int[] shape = file.tensor("fc.weight").shape();
    if (shape.length != 2 || shape[1] != FEATURES || shape[0] < 2) {
      throw new SafetensorsException(
          file.file(), "tensor 'fc.weight' is not [classes, 2048], so it is not Inception-v3's");
    }
    return new InceptionV3(shape[0]);
  }

  /** Whether the weights are those of the FID. */
  public boolean isOfFid() {
    return classes == CLASSES_OF_FID;
  }

  /** The parameters after folding, in order. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    InceptionUnits.all()
        .forEach(
            (name, filter) -> {
              parameters.add(new Parameter(name + ".weight", filter, 0));
              parameters.add(Parameter.bias(name + ".bias", filter.dim(0)));
            });
    parameters.add(new Parameter("fc.weight", Shape.of(classes, FEATURES), 0));
    parameters.add(Parameter.bias("fc.bias", classes));
    return parameters;
  }

  /**
   * Folds and uploads the weights of a file.
   *
   * @throws SafetensorsException if a tensor is missing, unknown, not finite, or of another type or
   *     shape
   */
  public void restore(ParameterStore store, Safetensors file) throws SafetensorsException {
    Map<String, float[]> values = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>(file.tensors().keySet());
    unknown.removeIf(UNUSED.asMatchPredicate());
    for (Map.Entry<String, Shape> unit : InceptionUnits.all().entrySet()) {
      fold(unit.getKey(), unit.getValue(), file, values);
      unknown.removeIf(name -> name.startsWith(unit.getKey() + "."));
    }
    values.put("fc.weight", finite(file, "fc.weight", classes, FEATURES));
    values.put("fc.bias", finite(file, "fc.bias", classes));
    unknown.removeIf(values::containsKey);
    if (!unknown.isEmpty()) {
      throw new SafetensorsException(
          file.file(), "tensor '%s' is not of Inception-v3".formatted(unknown.getFirst()));
    }
    values.forEach((name, elements) -> store.view(name).upload(elements));
  }

  /** {@code w' = w g / sqrt(v + e)}, {@code b' = b - m g / sqrt(v + e)}. */
  private static void fold(String name, Shape shape, Safetensors file, Map<String, float[]> values)
      throws SafetensorsException {
    int filters = shape.dim(0);
    float[] weight = finite(file, name + ".conv.weight", shape.dims());
    float[] gain = finite(file, name + ".bn.weight", filters);
    float[] bias = finite(file, name + ".bn.bias", filters);
    float[] mean = finite(file, name + ".bn.running_mean", filters);
    float[] variance = finite(file, name + ".bn.running_var", filters);
    int length = weight.length / filters;
    for (int filter = 0; filter < filters; filter++) {
      double scale = gain[filter] / Math.sqrt(variance[filter] + EPSILON);
      for (int index = filter * length; index < (filter + 1) * length; index++) {
        weight[index] = (float) (weight[index] * scale);
      }
      bias[filter] = (float) (bias[filter] - mean[filter] * scale);
    }
    values.put(name + ".weight", weight);
    values.put(name + ".bias", bias);
  }

  private static float[] finite(Safetensors file, String name, int... shape)
      throws SafetensorsException {
    float[] values = file.floats(name, shape);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new SafetensorsException(file.file(), "tensor '%s' has %s".formatted(name, value));
      }
    }
    return values;
  }

  /**
   * Adds the nodes of the network.
   *
   * @param images shape [images, 1 or 3, height, width], in [-1, 1]
   */
  public Outputs apply(Tensor images, Weights weights) {
    Tensor image = InceptionGraph.resize(InceptionGraph.coloured(images), SIDE);
    Tensor maps = new InceptionBody<>(new InceptionGraph(weights), isOfFid()).apply(image);
    Tensor features = ImageOps.globalAverage(maps);
    Tensor logits = Ops.matmul(features, weights.get("fc.weight"), false, true);
    return new Outputs(isOfFid() ? logits : Ops.add(logits, weights.get("fc.bias")), features);
  }

  /**
   * What the network says.
   *
   * @param logits shape [images, classes]
   * @param features shape [images, 2048]
   */
  public record Outputs(Tensor logits, Tensor features) {}
}
