package org.stic.bench;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The recipe's MNIST classifier in libtorch: four convolutions with SiLU, then a linear layer to 12
 * logits.
 */
final class PeerClassifier {
  private static final long[][] FILTERS = {
    {16, 1, 4, 4}, {32, 16, 4, 4}, {64, 32, 3, 3}, {64, 64, 4, 4}
  };
  private static final long[] STRIDES = {2, 2, 1, 2};
  private static final long FEATURES = 64 * 3 * 3;
  static final long LOGITS = 12;

  private final List<Tensor> filters = new ArrayList<>();
  private final List<Tensor> biases = new ArrayList<>();
  private final Tensor headWeight = torch.randn(LOGITS, FEATURES).mul_(new Scalar(0.02));
  private final Tensor headBias = torch.zeros(LOGITS);

  PeerClassifier() {
    for (long[] shape : FILTERS) {
      double deviation = Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3]));
      filters.add(torch.randn(shape).mul_(new Scalar(deviation)));
      biases.add(torch.zeros(shape[0]));
    }
  }

  /** What one forward pass gives: the activations after every convolution, and the logits. */
  record Outputs(List<Tensor> activations, Tensor logits) {}

  Outputs forward(Tensor images) {
    List<Tensor> activations = new ArrayList<>();
    Tensor x = images;
    for (int i = 0; i < FILTERS.length; i++) {
      x = torch.silu(convolve(x, i));
      activations.add(x);
    }
    Tensor flat = x.reshape(images.size(0), FEATURES);
    return new Outputs(activations, torch.linear(flat, headWeight, new TensorOptional(headBias)));
  }

  /**
   * Whether backward passes compute the weights' gradients; the sampler needs those of the images
   * only.
   */
  void requireGradients(boolean required) {
    for (Tensor parameter : parameters().get()) {
      parameter.requires_grad_(required);
    }
  }

  TensorVector parameters() {
    List<Tensor> all = new ArrayList<>(filters);
    all.addAll(biases);
    all.addAll(List.of(headWeight, headBias));
    return new TensorVector(all.toArray(Tensor[]::new));
  }

  private Tensor convolve(Tensor x, int layer) {
    long[] stride = {STRIDES[layer], STRIDES[layer]};
    TensorOptional bias = new TensorOptional(biases.get(layer));
    return torch.conv2d(
        x, filters.get(layer), bias, stride, new long[] {1, 1}, new long[] {1, 1}, 1);
  }
}
