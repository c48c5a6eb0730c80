package org.stic.bench.peer;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A step of the recipe's chains in libtorch, see {@link GrmalaStepSubject}. */
final class LibtorchStep implements LibtorchWork {
  private static final double TEMPERATURE = 1e-4;
  private static final double GRAM_WEIGHT = 20;
  private static final int LAYERS = 2;

  private final Map<String, Tensor> operands;
  private final LibtorchClassifier classifier;
  private final Tensor chains;

  LibtorchStep(Map<String, Tensor> operands) {
    this.operands = operands;
    classifier = new LibtorchClassifier(operands, false);
    chains = operands.get("images").clone();
  }

  @Override
  public void once() {
    move(chains, TEMPERATURE);
  }

  @Override
  public Tensor result() {
    Tensor x = operands.get("images").clone();
    move(x, 0);
    return x;
  }

  private void move(Tensor x, double temperature) {
    Tensor variable = x.detach().requires_grad_(true);
    TensorVector gradient =
        torch.grad(new TensorVector(density(variable)), new TensorVector(variable));
    x.add_(gradient.get(0));
    if (temperature > 0) {
      x.add_(torch.randn(x.sizes()).mul_(new Scalar(Math.sqrt(2 * temperature))));
    }
    x.clamp_(new ScalarOptional(new Scalar(-1)), new ScalarOptional(new Scalar(1)));
  }

  private Tensor density(Tensor x) {
    LibtorchClassifier.Outputs outputs = classifier.forward(x);
    Tensor classes = outputs.logits().narrow(1, 0, RecipeNetwork.CLASSES);
    Tensor density = torch.log_sigmoid(classes).mul(operands.get("class-weights")).sum();
    for (int layer = 0; layer < LAYERS; layer++) {
      Tensor wanted = operands.get("target" + (layer + 1));
      Tensor gram = LibtorchClassifier.gram(outputs.activations().get(layer));
      Tensor distance = gram.sub(wanted).square().sum(1, 2).div(wanted.square().sum(1, 2)).sum();
      density = density.sub(distance.mul(new Scalar(GRAM_WEIGHT / LAYERS)));
    }
    return density;
  }
}
