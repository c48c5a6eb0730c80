package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Four convolutions that end in a dense head, and a decoder from the third of them back to the
 * image's size, with the features of the same size added at each level. Every layer but the last is
 * modulated by the noise and followed by SiLU; the decoder grows by pixel shuffles, whose gradients
 * are as cheap as themselves.
 */
final class UnetLayers {
  private static final int DOUBLE = 2;

  private final Shape image;
  private final Layer.Convolution half;
  private final Layer.Convolution quarter;
  private final Layer.Convolution wide;
  private final Layer.Convolution bottom;
  private final Layer.Dense head;
  private final Layer.Convolution back;
  private final Layer.Convolution up;
  private final Layer.Convolution residual;
  private final Layer.Convolution last;

  /** What the layers make of a batch; the features are those of the first two convolutions. */
  record Outputs(Tensor head, Tensor image, List<Tensor> features) {}

  UnetLayers(Shape image, List<Integer> widths, int outputs, double headDeviation) {
    if (widths.size() != 4 || image.dim(1) % 4 != 0 || image.dim(2) % 4 != 0) {
      throw new IllegalArgumentException(
          "a score network needs four widths and an image whose sides divide by 4, not %s and %s"
              .formatted(widths, image));
    }
    this.image = image;
    int area = DOUBLE * DOUBLE;
    half = new Layer.Convolution("half", widths.get(0), 4, 2, 1);
    quarter = new Layer.Convolution("quarter", widths.get(1), 4, 2, 1);
    wide = new Layer.Convolution("wide", widths.get(2), 3, 1, 1);
    bottom = new Layer.Convolution("bottom", widths.get(3), 4, 2, 1);
    head = new Layer.Dense("head", outputs, headDeviation);
    back = new Layer.Convolution("back", widths.get(1), 3, 1, 1);
    up = new Layer.Convolution("up", widths.get(0) * area, 1, 1, 0);
    residual = new Layer.Convolution("residual", widths.get(0), 3, 1, 1);
    last = new Layer.Convolution("last", image.dim(0) * area, 3, 1, 1);
  }

  List<Parameter> parameters(NoiseConditioning conditioning) {
    List<Parameter> parameters = new ArrayList<>();
    Shape first = add(parameters, half, image, conditioning);
    Shape second = add(parameters, quarter, first, conditioning);
    Shape third = add(parameters, wide, second, conditioning);
    Shape fourth = add(parameters, bottom, third, conditioning);
    parameters.addAll(head.parameters(Shape.of(fourth.intElements())));
    add(parameters, back, third, conditioning);
    parameters.addAll(up.parameters(second));
    parameters.addAll(conditioning.parametersOf(up.name(), half.filters()));
    add(parameters, residual, first, conditioning);
    last.parameters(first).stream().map(UnetLayers::zero).forEach(parameters::add);
    return parameters;
  }

  /** The decoder says nothing before it has learnt something: chains would run away. */
  private static Parameter zero(Parameter parameter) {
    return new Parameter(parameter.name(), parameter.shape(), 0);
  }

  private static Shape add(
      List<Parameter> parameters,
      Layer.Convolution layer,
      Shape input,
      NoiseConditioning conditioning) {
    parameters.addAll(layer.parameters(input));
    parameters.addAll(conditioning.parametersOf(layer.name(), layer.filters()));
    return layer.output(input);
  }

  Outputs apply(Tensor x, NoiseConditioning conditioning, Tensor embedding, Weights weights) {
    Pass pass = new Pass(conditioning, embedding, weights);
    Tensor first = pass.layer(half, x);
    Tensor second = pass.layer(quarter, first);
    Tensor third = pass.layer(wide, second);
    Tensor fourth = pass.layer(bottom, third);
    Tensor answer = head.apply(new Layer.Flatten().apply(fourth, weights), weights);
    Tensor decoded = pass.activate(back.name(), Ops.add(back.apply(third, weights), second));
    Tensor grown = ImageOps.pixelShuffle(up.apply(decoded, weights), DOUBLE);
    Tensor joined = pass.activate(up.name(), Ops.add(grown, first));
    Tensor refined = Ops.add(joined, pass.layer(residual, joined));
    Tensor result = ImageOps.pixelShuffle(last.apply(refined, weights), DOUBLE);
    return new Outputs(answer, result, List.of(first, second));
  }

  /** One application of the layers. */
  private record Pass(NoiseConditioning conditioning, Tensor embedding, Weights weights) {

    Tensor layer(Layer.Convolution convolution, Tensor x) {
      return activate(convolution.name(), convolution.apply(x, weights));
    }

    Tensor activate(String name, Tensor features) {
      return Ops.silu(conditioning.modulate(name, features, embedding, weights));
    }
  }
}
