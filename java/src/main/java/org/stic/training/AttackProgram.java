package org.stic.training;

import java.util.List;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.random.Purpose;

/**
 * {@link Attack} on a batch of images. The perturbed images stay on the device; all steps follow
 * each other as one recorded graph without the host waiting:
 *
 * <pre>{@code
 * x' = clip(project(x + step * direction)),  direction = sign(g) for Linf, g / |g| for L2,
 * g = d crossEntropy(z(x), y) / dx,  project onto |x' - clean| <= epsilon,  clip into [-1, 1]
 * }</pre>
 *
 * Owns its programs and variables.
 */
final class AttackProgram implements AutoCloseable {
  private static final long SEED = 1;

  /** Below what matters in single precision, and not 0. */
  private static final float TINY = 1e-30f;

  private final MeasuredClassifier subject;
  private final Attack attack;
  private final Variable clean;
  private final Variable perturbed;
  private final Variable targets;
  private final Variable number;
  private final Program start;
  private final Program step;
  private final Program classify;

  AttackProgram(MeasuredClassifier subject, Attack attack, int batch) {
    this.subject = subject;
    this.attack = attack;
    Shape image = subject.image();
    Shape images = Shape.of(batch, image.dim(0), image.dim(1), image.dim(2));
    clean = Variable.allocate(subject.device(), "clean images", images);
    perturbed = Variable.allocate(subject.device(), "perturbed images", images);
    targets =
        Variable.allocate(subject.device(), "true classes", Shape.of(batch, subject.classes()));
    number = Variable.allocateCounters(subject.device(), "batch number", Shape.of(1));
    start = start();
    step = step();
    classify = classify();
  }

  private Program start() {
    Graph graph = new Graph();
    Tensor origin = graph.read(clean);
    Tensor counter = graph.read(number);
    int purpose = Purpose.ATTACK_START.code();
    Tensor noise =
        switch (attack.norm()) {
          case LINF ->
              Ops.affine(
                  Ops.uniform(counter, SEED, purpose, origin.shape()), 2 * radius(), -radius());
          case L2 -> Ops.scale(unit(Ops.normal(counter, SEED, purpose, origin.shape())), radius());
        };
    graph.assign(perturbed, project(Ops.add(origin, noise), origin));
    return Program.compile(subject.device(), graph);
  }

  private Program step() {
    Graph graph = new Graph();
    Tensor origin = graph.read(clean);
    Tensor images = graph.read(perturbed);
    Tensor loss = Ops.crossEntropy(subject.classLogits(images), graph.read(targets));
    Tensor gradient = Gradients.of(loss, List.of(images)).getFirst();
    Tensor direction =
        switch (attack.norm()) {
          case LINF -> Ops.divide(gradient, atLeast(Ops.absolute(gradient), TINY));
          case L2 -> unit(gradient);
        };
    float length = (float) (2 * attack.stepSize());
    Tensor moved = Ops.add(images, Ops.scale(direction, length));
    graph.assign(perturbed, project(moved, origin));
    return Program.compile(subject.device(), graph);
  }

  private Program classify() {
    Graph graph = new Graph();
    graph.output("logits", subject.classLogits(graph.read(perturbed)));
    return Program.compile(subject.device(), graph);
  }

  /** In the classifier's units. */
  private float radius() {
    return (float) attack.epsilonOfSignedPixels();
  }

  private Tensor project(Tensor images, Tensor origin) {
    Tensor inBall =
        switch (attack.norm()) {
          case LINF ->
              Ops.minimum(
                  Ops.maximum(images, Ops.affine(origin, 1, -radius())),
                  Ops.affine(origin, 1, radius()));
          case L2 -> {
            Tensor change = Ops.subtract(images, origin);
            Tensor scale = Ops.scale(Ops.reciprocal(lengths(change)), radius());
            yield Ops.add(origin, Ops.multiply(change, atMost(scale, 1)));
          }
        };
    return atMost(atLeast(inBall, -1), 1);
  }

  /** Each image divided by its length; images of zeros stay. */
  private static Tensor unit(Tensor images) {
    return Ops.divide(images, lengths(images));
  }

  /** Euclidean length of each image, not 0, shape [images, 1, 1, 1]. */
  private static Tensor lengths(Tensor images) {
    Tensor length = Ops.sqrt(Ops.sum(Ops.square(images), 1, 2, 3));
    return Ops.reshape(atLeast(length, TINY), Shape.of(images.shape().dim(0), 1, 1, 1));
  }

  private static Tensor atLeast(Tensor x, float bound) {
    return Ops.maximum(x, x.graph().constant(x.shape(), bound));
  }

  private static Tensor atMost(Tensor x, float bound) {
    return Ops.minimum(x, x.graph().constant(x.shape(), bound));
  }

  /**
   * Sets the images of a batch and their classes.
   *
   * @param batchNumber names the random numbers of the start
   */
  void set(float[] images, float[] classes, int batchNumber) {
    clean.upload(images);
    perturbed.upload(images);
    targets.upload(classes);
    number.upload(new int[] {batchNumber});
  }

  /** Moves the images to a random place in the ball (Linf) or on its surface (L2). */
  void begin() {
    start.run();
  }

  /** Takes all steps. */
  void attack() {
    step.run(attack.steps());
  }

  /** Logits of the images as they are now. */
  float[] logits() {
    classify.run();
    return classify.get("logits");
  }

  /** The images as they are now. */
  float[] images() {
    return perturbed.download();
  }

  @Override
  public void close() {
    List.of(start, step, classify).forEach(Program::close);
    List.of(clean, perturbed, targets, number).forEach(Variable::close);
  }
}
