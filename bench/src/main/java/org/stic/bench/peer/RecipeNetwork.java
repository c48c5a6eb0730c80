package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.stic.cuda.Device;
import org.stic.graph.Shape;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.Parameter;
import org.stic.model.ParameterStore;

/**
 * The recipe's classifier of MNIST-sized images, untrained, with the same weights on both sides.
 */
final class RecipeNetwork {
  static final int CLASSES = 10;
  static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final double CANVAS_DEVIATION = 0.3;

  private RecipeNetwork() {}

  static ConvClassifier classifier() {
    return ConvClassifier.of(
        IMAGE,
        CLASSES,
        List.of(
            new ConvolutionSettings(16, 4, 2, 1),
            new ConvolutionSettings(32, 4, 2, 1),
            new ConvolutionSettings(64, 3, 1, 1),
            new ConvolutionSettings(64, 4, 2, 1)));
  }

  /** Random parameters of any network by their starting distributions. */
  static List<Operand> parameters(List<Parameter> parameters) {
    List<Operand> operands = new ArrayList<>();
    for (Parameter parameter : parameters) {
      int[] sizes = parameter.shape().dims();
      Operand noise =
          Operand.normal(parameter.name(), operands.size(), parameter.deviation(), sizes);
      for (int index = 0; index < noise.values().length; index++) {
        noise.values()[index] += (float) parameter.mean();
      }
      operands.add(noise);
    }
    return operands;
  }

  /** Blank canvases with noise, as chains begin. */
  static Operand images(int count) {
    Operand images =
        Operand.normal(
            "images", 100, CANVAS_DEVIATION, count, IMAGE.dim(0), IMAGE.dim(1), IMAGE.dim(2));
    for (int index = 0; index < images.values().length; index++) {
      images.values()[index] = Math.max(-1, Math.min(1, images.values()[index] - 1));
    }
    return images;
  }

  /** One class after another, one row for each image. */
  static Operand classWeights(int count) {
    float[] weights = new float[count * CLASSES];
    for (int image = 0; image < count; image++) {
      weights[image * CLASSES + image % CLASSES] = 1;
    }
    return new Operand("class-weights", new int[] {count, CLASSES}, weights);
  }

  /** A store with the parameters among the operands. */
  static ParameterStore store(
      Device device, List<Parameter> parameters, Map<String, Operand> operands) {
    ParameterStore store = new ParameterStore(device, "parameters", parameters);
    parameters.forEach(
        parameter -> store.view(parameter.name()).upload(operands.get(parameter.name()).values()));
    return store;
  }

  static Map<String, Operand> byName(List<Operand> operands) {
    return operands.stream().collect(Collectors.toMap(Operand::name, Function.identity()));
  }
}
