package org.stic.bench.peer;

import java.util.Map;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** An update of the recipe's classifier in libtorch, see {@link TrainingStepSubject}. */
final class LibtorchUpdate implements LibtorchWork {
  private static final double RATE = 1e-3;
  private static final double CLIPPED_NORM = 5;
  private static final double INPUT_NOISE = 0.03;
  private static final int REAL = 64;
  private static final int MIXED = 32;
  private static final int HARD = 48;
  private static final int SOFT = 24;

  private final Map<String, Tensor> operands;
  private final LibtorchClassifier classifier;
  private final Adam optimizer;

  LibtorchUpdate(Map<String, Tensor> operands) {
    this.operands = operands;
    classifier = new LibtorchClassifier(operands, true);
    AdamOptions options = new AdamOptions(RATE);
    options.betas().put(0, 0);
    optimizer = new Adam(classifier.parameters(), options);
  }

  @Override
  public void once() {
    optimizer.zero_grad();
    Tensor images = operands.get("images");
    Tensor noise = torch.randn(images.sizes()).mul_(new Scalar(INPUT_NOISE));
    differentiate(classifier, images.add(noise));
    optimizer.step();
  }

  @Override
  public Tensor result() {
    LibtorchClassifier fresh = new LibtorchClassifier(operands, true);
    differentiate(fresh, operands.get("images"));
    TensorVector gradients = new TensorVector();
    for (Tensor parameter : fresh.parameters().get()) {
      gradients.push_back(parameter.grad().flatten());
    }
    return torch.cat(gradients);
  }

  private void differentiate(LibtorchClassifier network, Tensor images) {
    loss(network, images).backward();
    torch.clip_grad_norm_(network.parameters(), CLIPPED_NORM);
  }

  private Tensor loss(LibtorchClassifier network, Tensor images) {
    Tensor logits = network.forward(images).logits().narrow(1, 0, RecipeNetwork.CLASSES);
    int drawings = REAL + MIXED;
    return crossEntropy(logits, 0, REAL)
        .add(crossEntropy(logits, REAL, MIXED))
        .add(detection(logits.neg(), 0, REAL, 1))
        .add(detection(logits, drawings, HARD, 0.3))
        .add(detection(logits, drawings + HARD, SOFT, 0.15));
  }

  private Tensor crossEntropy(Tensor logits, int from, int count) {
    Tensor scores = torch.log_softmax(logits.narrow(0, from, count), 1);
    return scores.mul(weights(from, count)).sum().mul(new Scalar(-1.0 / count));
  }

  private Tensor detection(Tensor logits, int from, int count, double weight) {
    Tensor scores = torch.softplus(logits.narrow(0, from, count));
    return scores.mul(weights(from, count)).sum().mul(new Scalar(weight / count));
  }

  private Tensor weights(int from, int count) {
    return operands.get("class-weights").narrow(0, from, count);
  }
}
