package org.stic.training;

import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.NoiseRange;
import org.stic.model.ScoreNetwork;
import org.stic.objective.BatchPart;
import org.stic.objective.DenoisingScoreMatching;
import org.stic.objective.FiniteDifferenceScoreMatching;
import org.stic.objective.ScoreMatching;
import org.stic.objective.SlicedScoreMatching;
import org.stic.random.Purpose;
import org.stic.settings.BatchSettings;
import org.stic.settings.Configuration;
import org.stic.settings.ObjectiveSettings;
import org.stic.settings.ScoreForm;
import org.stic.settings.ScoreNetworkSettings;

/**
 * What the updates of a score network minimise. Of the real images of a batch, the first ones get
 * noise whose logarithm is uniform over the network's range: their score is matched and their class
 * told. All other real and mixup images are told apart without noise. Drawings get noise too, and
 * are told from real images as one more class.
 */
final class ScoreLoss {
  private final ObjectiveSettings.ScoreMatching settings;
  private final ScoreNetworkSettings networkSettings;
  private final ScoreNetwork network;
  private final double inputNoise;
  private final long seed;

  ScoreLoss(
      Configuration configuration, ScoreNetworkSettings networkSettings, ScoreNetwork network) {
    this.settings = (ObjectiveSettings.ScoreMatching) configuration.objective();
    this.networkSettings = networkSettings;
    this.network = network;
    inputNoise = configuration.start().inputNoise();
    seed = configuration.seed();
  }

  /** The weighted sum of all terms that need no drawings, a scalar. */
  Tensor ofStart(UpdateBatch batch) {
    return ofReal(batch, network.classes());
  }

  /** The weighted sum of all terms, a scalar. */
  Tensor ofPass(UpdateBatch batch) {
    if (settings.fakeWeight() == 0) {
      return ofReal(batch, network.classes());
    }
    Tensor fakes = Ops.scale(fakes(batch), (float) settings.fakeWeight());
    return Ops.add(ofReal(batch, network.classes() + 1), fakes);
  }

  private Tensor ofReal(UpdateBatch batch, int columns) {
    int noisy = settings.noisyImages();
    int real = batch.kinds().real() + batch.kinds().mixup();
    Tensor loss = noisy(batch, noisy, columns);
    if (real == noisy) {
      return loss;
    }
    Tensor others = clean(batch, noisy, real, columns);
    return Ops.add(loss, Ops.scale(others, (float) settings.cleanWeight()));
  }

  private Tensor noisy(UpdateBatch batch, int count, int columns) {
    ScoreMatching.NoisyImages images = addNoise(batch, 0, count);
    Tensor classWeights = Ops.slice(batch.classWeights(), 0, 0, count);
    ScoreNetwork.Outputs outputs = network.apply(images.images(), images.noise(), batch.weights());
    Tensor crossEntropy = crossEntropy(outputs.logits(), classWeights, columns);
    Tensor told = Ops.scale(crossEntropy, (float) settings.noisyWeight());
    if (settings.scoreWeight() == 0) {
      return told;
    }
    Tensor matched =
        form()
            .loss(
                images,
                x -> network.apply(x, images.noise(), batch.weights()).logDensity(classWeights));
    return Ops.add(told, Ops.scale(matched, (float) settings.scoreWeight()));
  }

  private ScoreMatching form() {
    return switch (settings.form()) {
      case ScoreForm.DENOISING -> new DenoisingScoreMatching();
      case ScoreForm.FINITE_DIFFERENCE -> new FiniteDifferenceScoreMatching();
      case ScoreForm.SLICED -> new SlicedScoreMatching();
    };
  }

  private Tensor clean(UpdateBatch batch, int from, int to, int columns) {
    Tensor images = Ops.slice(batch.images(), 0, from, to);
    Tensor normal = Ops.normal(batch.step(), seed, Purpose.INPUT_NOISE.code(), images.shape());
    Tensor lowest = batch.graph().constant(Shape.of(1, 1), (float) networkSettings.lowestNoise());
    Tensor seen = Ops.add(images, Ops.scale(normal, (float) inputNoise));
    Tensor logits = network.apply(seen, lowest, batch.weights()).logits();
    return crossEntropy(logits, Ops.slice(batch.classWeights(), 0, from, to), columns);
  }

  private Tensor fakes(UpdateBatch batch) {
    BatchSettings kinds = batch.kinds();
    ScoreMatching.NoisyImages drawings =
        addNoise(batch, BatchPart.HARD.from(kinds), kinds.hard() + kinds.soft());
    Tensor logits = network.apply(drawings.images(), drawings.noise(), batch.weights()).logits();
    Graph graph = batch.graph();
    int count = kinds.hard() + kinds.soft();
    Tensor fake =
        Ops.concat(
            1,
            graph.constant(Shape.of(count, network.classes()), 0),
            graph.constant(Shape.of(count, 1), 1));
    return Ops.mean(Ops.crossEntropy(logits, fake));
  }

  /** Cross-entropy over the first {@code columns} logits; only classes are ever right. */
  private static Tensor crossEntropy(Tensor logits, Tensor classWeights, int columns) {
    Shape targets = classWeights.shape().with(1, columns);
    Tensor padded =
        targets.equals(classWeights.shape())
            ? classWeights
            : Ops.embed(classWeights, targets, 1, 0);
    return Ops.mean(Ops.crossEntropy(Ops.slice(logits, 1, 0, columns), padded));
  }

  private ScoreMatching.NoisyImages addNoise(UpdateBatch batch, int from, int count) {
    Shape all = batch.images().shape();
    Tensor images = Ops.slice(batch.images(), 0, from, from + count);
    Tensor normal = rows(normal(batch, Purpose.SCORE_NOISE, all), from, count);
    Tensor directions = rows(normal(batch, Purpose.SCORE_DIRECTIONS, all), from, count);
    Tensor noise = rows(levels(batch, all.dim(0)), from, count);
    float deviation = (float) networkSettings.dataDeviation();
    return ScoreMatching.NoisyImages.of(images, normal, directions, noise, deviation);
  }

  private Tensor normal(UpdateBatch batch, Purpose purpose, Shape shape) {
    return Ops.normal(batch.step(), seed, purpose.code(), shape);
  }

  private Tensor levels(UpdateBatch batch, int count) {
    NoiseRange range = networkSettings.noise();
    int purpose = Purpose.NOISE_LEVEL.code();
    Tensor uniform = Ops.uniform(batch.step(), seed, purpose, Shape.of(count, 1));
    float width = (float) range.logarithmicWidth();
    return Ops.exp(Ops.affine(uniform, width, (float) Math.log(range.lowest())));
  }

  private static Tensor rows(Tensor tensor, int from, int count) {
    return Ops.slice(tensor, 0, from, from + count);
  }
}
