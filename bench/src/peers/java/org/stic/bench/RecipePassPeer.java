package org.stic.bench;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One recipe pass in libtorch on the CPU, for comparison: 10 refreshes, each of 75 fakes by 40
 * sampler steps and of 10 updates with loss A on 168 images. The images are noise, which costs the
 * same as digits.
 *
 * <p>Arguments: passes (default 5), threads (default 2). Prints the seconds of every pass.
 */
public final class RecipePassPeer {
  private static final int REFRESHES = 10;
  private static final int UPDATES = 10;
  private static final int STEPS = 40;
  private static final int HARD = 50;
  private static final int SOFT = 25;
  private static final int CLASSES = 10;
  private static final int TARGET_IMAGES = 1000;
  private static final double TEMPERATURE = 1e-4;
  private static final double GRAM_WEIGHT = 20;

  private final PeerClassifier classifier = new PeerClassifier();
  private final Adam optimizer;
  private final Tensor images =
      torch.rand(10_000, 1, 28, 28).mul_(new Scalar(2)).sub_(new Scalar(1));

  RecipePassPeer() {
    AdamOptions options = new AdamOptions(1e-3);
    options.betas().put(0, 0);
    optimizer = new Adam(classifier.parameters(), options);
  }

  public static void main(String[] arguments) {
    int passes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    torch.set_num_threads(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2);
    torch.manual_seed(1);
    RecipePassPeer peer = new RecipePassPeer();
    for (int pass = 1; pass <= passes; pass++) {
      System.out.printf("pass %d: %s%n", pass, peer.pass());
    }
  }

  /** How long a pass took. */
  record Seconds(double sampling, double updating) {
    double total() {
      return sampling + updating;
    }

    @Override
    public String toString() {
      return "%.3f s (sampling %.3f, updates %.3f)".formatted(total(), sampling, updating);
    }
  }

  /** Does one pass. */
  Seconds pass() {
    double sampling = 0;
    double updating = 0;
    for (int refresh = 0; refresh < REFRESHES; refresh++) {
      try (PointerScope scope = new PointerScope()) {
        long start = System.nanoTime();
        Tensor weights = weights();
        Tensor fakes = sample(weights);
        long middle = System.nanoTime();
        for (int i = 0; i < UPDATES; i++) {
          update(fakes, weights);
        }
        sampling += 1e-9 * (middle - start);
        updating += 1e-9 * (System.nanoTime() - middle);
        scope.deallocate();
      }
    }
    return new Seconds(sampling, updating);
  }

  /** Class weights of the fakes: one class for the hard ones, two for the soft ones. */
  private static Tensor weights() {
    Tensor first = oneHot(integers(CLASSES, HARD + SOFT));
    Tensor second = oneHot(integers(CLASSES, HARD + SOFT));
    Tensor share = torch.cat(new TensorVector(torch.ones(HARD, 1), torch.rand(SOFT, 1)));
    return first.mul(share).add(second.mul(share.neg().add(new Scalar(1))));
  }

  private Tensor sample(Tensor weights) {
    classifier.requireGradients(false);
    List<Tensor> targets = gramTargets(weights);
    Tensor x = torch.randn(HARD + SOFT, 1, 28, 28).mul_(new Scalar(0.3)).sub_(new Scalar(1));
    clip(x);
    for (int step = 0; step < STEPS; step++) {
      try (PointerScope scope = new PointerScope()) {
        climb(x, weights, targets);
        scope.deallocate();
      }
    }
    return x;
  }

  /** x += gradient of the log target + sqrt(2 T) noise, cut at the box. */
  private void climb(Tensor x, Tensor weights, List<Tensor> targets) {
    Tensor variable = x.detach().requires_grad_(true);
    PeerClassifier.Outputs outputs = classifier.forward(variable);
    Tensor scores = torch.log_sigmoid(outputs.logits().narrow(1, 0, CLASSES));
    Tensor target = scores.mul(weights).sum();
    for (int layer = 0; layer < targets.size(); layer++) {
      Tensor wanted = targets.get(layer);
      Tensor distance = gram(outputs.activations().get(layer)).sub(wanted).square().sum(1, 2);
      Tensor relative = distance.div(wanted.square().sum(1, 2)).sum();
      target = target.sub(relative.mul(new Scalar(GRAM_WEIGHT / targets.size())));
    }
    target.backward();
    x.add_(variable.grad());
    x.add_(torch.randn(x.sizes()).mul_(new Scalar(Math.sqrt(2 * TEMPERATURE))));
    clip(x);
  }

  /**
   * Mean Gram matrices of real images with the current weights, mixed by the fakes' class weights.
   */
  private List<Tensor> gramTargets(Tensor weights) {
    List<Tensor> activations = classifier.forward(images.narrow(0, 0, TARGET_IMAGES)).activations();
    return activations.subList(0, 2).stream()
        .map(activation -> mixed(activation, weights))
        .toList();
  }

  private static Tensor mixed(Tensor activation, Tensor weights) {
    long channels = activation.size(1);
    Tensor means =
        gram(activation).reshape(CLASSES, TARGET_IMAGES / CLASSES, channels * channels).mean(1);
    return weights.mm(means).reshape(HARD + SOFT, channels, channels);
  }

  private static Tensor gram(Tensor activation) {
    long positions = activation.size(2) * activation.size(3);
    Tensor features = activation.reshape(activation.size(0), activation.size(1), positions);
    return features.bmm(features.transpose(1, 2)).mul(new Scalar(1.0 / positions));
  }

  /**
   * One update with loss A on 64 real, 32 mixed, 48 hard and 24 soft images, in one forward pass.
   */
  private void update(Tensor fakes, Tensor weights) {
    try (PointerScope scope = new PointerScope()) {
      classifier.requireGradients(true);
      optimizer.zero_grad();
      loss(fakes, weights).backward();
      torch.clip_grad_norm_(classifier.parameters(), 5);
      optimizer.step();
      scope.deallocate();
    }
  }

  private Tensor loss(Tensor fakes, Tensor weights) {
    Tensor real = images.index_select(0, integers(10_000, 64));
    Tensor labels = oneHot(integers(CLASSES, 64));
    Tensor share = torch.rand(32, 1, 1, 1);
    Tensor mixed = mix(real.narrow(0, 0, 32), real.narrow(0, 32, 32), share);
    Tensor mixedLabels =
        mix(labels.narrow(0, 0, 32), labels.narrow(0, 32, 32), share.reshape(32, 1));
    Tensor batch =
        torch.cat(new TensorVector(real, mixed, fakes.narrow(0, 0, 48), fakes.narrow(0, HARD, 24)));
    Tensor noisy = batch.add(torch.randn(batch.sizes()).mul_(new Scalar(0.03)));

    Tensor logits = classifier.forward(noisy).logits().narrow(1, 0, CLASSES);
    Tensor anchored = torch.softplus(logits.narrow(0, 0, 64).neg()).mul(labels);
    Tensor hard = torch.softplus(logits.narrow(0, 96, 48)).mul(weights.narrow(0, 0, 48));
    Tensor soft = torch.softplus(logits.narrow(0, 144, 24)).mul(weights.narrow(0, HARD, 24));
    return crossEntropy(logits.narrow(0, 0, 64), labels)
        .add(crossEntropy(logits.narrow(0, 64, 32), mixedLabels))
        .add(anchored.sum().mul(new Scalar(1.0 / 64)))
        .add(hard.sum().mul(new Scalar(0.3 / 48)))
        .add(soft.sum().mul(new Scalar(0.15 / 24)));
  }

  private static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return torch.log_softmax(logits, 1).mul(targets).sum().mul(new Scalar(-1.0 / logits.size(0)));
  }

  private static Tensor mix(Tensor a, Tensor b, Tensor share) {
    return b.add(a.sub(b).mul(share));
  }

  private static Tensor integers(long bound, long count) {
    return torch.randint(bound, new long[] {count});
  }

  private static Tensor oneHot(Tensor classes) {
    return torch.one_hot(classes, CLASSES).toType(torch.ScalarType.Float);
  }

  private static void clip(Tensor x) {
    x.clamp_(new ScalarOptional(new Scalar(-1)), new ScalarOptional(new Scalar(1)));
  }
}
