package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The recipe's MNIST classifier in libtorch: four convolutions with SiLU, then a linear layer to 12
 * logits. It computes in the type of its parameters.
 */
final class LibtorchClassifier {
  private static final long[] STRIDES = {2, 2, 1, 2};
  private static final long PADDING = 1;

  private final List<String> names;
  private final Map<String, Tensor> parameters = new TreeMap<>();

  /**
   * A copy of given parameters.
   *
   * @param operands those of a subject, the parameters among them
   * @param trained whether gradients by the parameters are asked for
   */
  LibtorchClassifier(Map<String, Tensor> operands, boolean trained) {
    names =
        RecipeNetwork.classifier().parameters().stream()
            .map(org.stic.model.Parameter::name)
            .toList();
    names.forEach(name -> parameters.put(name, operands.get(name).clone().requires_grad_(trained)));
  }

  /** What one forward pass gives: the activations after every convolution, and the logits. */
  record Outputs(List<Tensor> activations, Tensor logits) {}

  Outputs forward(Tensor images) {
    List<Tensor> activations = new ArrayList<>();
    Tensor x = images;
    for (int layer = 0; layer < STRIDES.length; layer++) {
      x = torch.silu(convolve(x, layer));
      activations.add(x);
    }
    Tensor flat = x.flatten(1, -1);
    TensorOptional bias = new TensorOptional(parameters.get("head.bias"));
    return new Outputs(activations, torch.linear(flat, parameters.get("head.weight"), bias));
  }

  /** In the order in which our network declares them. */
  TensorVector parameters() {
    return new TensorVector(names.stream().map(parameters::get).toArray(Tensor[]::new));
  }

  /** {@code G = F F^T / positions} of each image's maps. */
  static Tensor gram(Tensor activation) {
    Tensor features = activation.flatten(2, -1);
    return features.bmm(features.transpose(1, 2)).mul(new Scalar(1.0 / features.size(2)));
  }

  private Tensor convolve(Tensor x, int layer) {
    String name = "convolution" + (layer + 1);
    long[] stride = {STRIDES[layer], STRIDES[layer]};
    TensorOptional bias = new TensorOptional(parameters.get(name + ".bias"));
    long[] padding = {PADDING, PADDING};
    return torch.conv2d(
        x, parameters.get(name + ".weight"), bias, stride, padding, new long[] {1, 1}, 1);
  }
}
