package org.stic.sampler;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ParameterStore;

/**
 * Mean Gram matrix of each class over a fixed set of real images, under the classifier's current
 * parameters: {@code A_l^k = mean_i G_l(x_i)}. Owns its memory.
 */
public final class ClassGrams implements AutoCloseable {
  private final List<Variable> means = new ArrayList<>();
  private final Variable images;
  private final Program program;

  /**
   * Compiles the program and keeps the images on the device.
   *
   * @param parameters of the classifier, read at each {@link #update}
   * @param images one class after another, {@code imagesPerClass} of each, in [-1, 1]
   */
  public ClassGrams(
      Device device,
      GramLayers layers,
      ParameterStore parameters,
      float[] images,
      int imagesPerClass) {
    ClassifierNetwork classifier = layers.classifier();
    Shape shape = classifier.input();
    int count = classifier.classes() * imagesPerClass;
    this.images =
        Variable.allocate(
            device, "gram-images", Shape.of(count, shape.dim(0), shape.dim(1), shape.dim(2)));
    this.images.upload(images);
    Graph graph = new Graph();
    Tensor batch = graph.read(this.images);
    ClassifierNetwork.Outputs outputs = classifier.apply(batch, parameters.read(graph));
    for (Tensor gram : layers.of(batch, outputs)) {
      Tensor mean = classMeans(gram, classifier.classes(), imagesPerClass);
      Variable variable = Variable.allocate(device, "class-gram-" + means.size(), mean.shape());
      graph.assign(variable, mean);
      means.add(variable);
    }
    program = Program.compile(device, graph);
  }

  private static Tensor classMeans(Tensor grams, int classes, int imagesPerClass) {
    int elements = grams.shape().dim(1) * grams.shape().dim(2);
    Tensor byClass = Ops.reshape(grams, Shape.of(classes, imagesPerClass, elements));
    return Ops.mean(byClass, 1);
  }

  /** Recomputes the means with the parameters as they are now; returns when that is enqueued. */
  void update() {
    program.run();
  }

  /** The means of each layer, shape [classes, channels * channels]. */
  List<Variable> means() {
    return means;
  }

  @Override
  public void close() {
    program.close();
    means.forEach(Variable::close);
    images.close();
  }
}
