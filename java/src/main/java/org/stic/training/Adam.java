package org.stic.training;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.InputFeed;
import org.stic.graph.Ops;
import org.stic.graph.Place;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.AdamEffect;
import org.stic.graph.op.IncrementEffect;
import org.stic.model.Parameter;
import org.stic.model.ParameterStore;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.model.Weights;

/**
 * Adam over a network's flat parameters, with the gradient's norm clipped and decoupled weight
 * decay. Owns its moments, which a checkpoint keeps.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
 */
final class Adam implements AutoCloseable {
  private static final float EPSILON = 1e-8f;
  private static final int HYPER_SLOTS = 8;

  private final ParameterStore parameters;
  private final ParameterStore gradients;
  private final Variable mean;
  private final Variable variance;
  private final Variable hyper;
  private final Variable step;
  private final float beta1;
  private final float beta2;
  private final float clipNorm;
  private final float weightDecay;
  private int steps;

  /**
   * Moments of zero.
   *
   * @param clipNorm longest gradient; longer ones are scaled down; 0 for no limit
   * @param weightDecay each update shrinks the parameters by {@code 1 - rate weightDecay}
   */
  Adam(
      Device device,
      ParameterStore parameters,
      double beta1,
      double beta2,
      double clipNorm,
      double weightDecay) {
    this.parameters = parameters;
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.clipNorm = (float) clipNorm;
    this.weightDecay = (float) weightDecay;
    List<Parameter> trained =
        parameters.parameters().stream().filter(parameter -> !parameter.isStatistic()).toList();
    gradients = new ParameterStore(device, "gradients", trained);
    Shape shape = parameters.trained().shape();
    mean = Variable.allocate(device, "adam-mean", shape);
    variance = Variable.allocate(device, "adam-variance", shape);
    hyper = Variable.allocate(device, "adam-hyper", Shape.of(HYPER_SLOTS));
    step = Variable.allocateCounters(device, "adam-step", Shape.of(1));
  }

  /** Adds the nodes of one update against the gradient of {@code loss}. */
  void minimise(Graph graph, Weights weights, Tensor loss) {
    List<String> names = gradients.parameters().stream().map(Parameter::name).toList();
    List<Tensor> parts = Gradients.of(loss, names.stream().map(weights::get).toList());
    for (int index = 0; index < names.size(); index++) {
      graph.assign(gradients.view(names.get(index)), parts.get(index));
    }
    Tensor gradient = graph.read(gradients.all());
    graph.effect(
        new AdamEffect(
            parameters.trained(),
            mean,
            variance,
            gradient,
            Ops.norm(gradient),
            graph.read(hyper),
            graph.read(step)));
    graph.effect(new IncrementEffect(step));
  }

  /** Sets the learning rate of the next update, waiting for the updates before, and counts it. */
  void prepare(double rate) {
    hyper.upload(values(rate));
    steps++;
  }

  /** Sets the learning rate of the next update through a feed of {@link #place}, and counts it. */
  void prepare(InputFeed feed, double rate) {
    feed.set(hyper.name(), MemorySegment.ofArray(values(rate)));
    steps++;
  }

  private float[] values(double rate) {
    return new float[] {(float) rate, beta1, beta2, EPSILON, clipNorm, weightDecay, 0, 0};
  }

  /** What a feed must set before each update. */
  Place place() {
    return hyper.place();
  }

  /** Forgets all moments. */
  void reset() {
    mean.upload(new float[mean.shape().intElements()]);
    variance.upload(new float[variance.shape().intElements()]);
    setSteps(0);
  }

  /** Adds the moments and the number of updates to a checkpoint. */
  void store(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    tensors.put("adam.mean", StoredTensor.ofFloats(mean.download(), mean.shape().dims()));
    tensors.put(
        "adam.variance", StoredTensor.ofFloats(variance.download(), variance.shape().dims()));
    metadata.put("adam.steps", Integer.toString(steps));
  }

  /** Takes the moments and the number of updates from a checkpoint. */
  void restore(Safetensors file) throws SafetensorsException {
    float[] storedMean = file.floats("adam.mean", mean.shape().dims());
    float[] storedVariance = file.floats("adam.variance", variance.shape().dims());
    int storedSteps = Checkpoint.integer(file, "adam.steps");
    mean.upload(storedMean);
    variance.upload(storedVariance);
    setSteps(storedSteps);
  }

  private void setSteps(int value) {
    steps = value;
    step.upload(value);
  }

  @Override
  public void close() {
    step.close();
    hyper.close();
    variance.close();
    mean.close();
    gradients.close();
  }
}
