package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * A convolution and what follows it: {@code f(normalise(x * w + b) + addend)}. Where batch
 * normalisation is a straight line, it is folded into the filter, and all of it is one kernel.
 *
 * @param convolution its layer, whose name is the prefix of its parameters
 * @param hasBias whether the convolution adds a bias of its own
 * @param normaliser of the results; of kind {@link Normalisation#NONE} for none
 * @param activation f; {@link UnaryFunction#IDENTITY} for none
 */
record ConvolutionUnit(
    Layer.Convolution convolution,
    boolean hasBias,
    Normaliser normaliser,
    UnaryFunction activation) {

  Shape output(Shape input) {
    return convolution.output(input);
  }

  /**
   * The parameters for an input of a shape.
   *
   * @param scale factor of the filter's starting deviation
   */
  List<Parameter> parameters(Shape input, double scale) {
    List<Parameter> parameters = new ArrayList<>();
    Parameter filter = convolution.parameters(input).getFirst();
    parameters.add(new Parameter(filter.name(), filter.shape(), scale * filter.deviation()));
    if (hasBias) {
      parameters.add(Parameter.bias(convolution.name() + ".bias", convolution.filters()));
    }
    parameters.addAll(normaliser.parameters());
    return parameters;
  }

  /** The result; {@code addend} may be null. */
  Tensor apply(Tensor x, Tensor addend, LayerPass pass) {
    Tensor filter = pass.weight(convolution.name() + ".weight");
    Tensor bias = hasBias ? pass.weight(convolution.name() + ".bias") : null;
    if (normaliser.kind() == Normalisation.NONE) {
      return fused(x, filter, bias, addend);
    }
    if (normaliser.isLine(pass)) {
      return folded(x, filter, bias, addend, pass);
    }
    int stride = convolution.stride();
    Tensor sums = ImageOps.convolution(x, filter, bias, stride, convolution.padding());
    Tensor normal = normaliser.apply(sums, pass);
    return Ops.unary(addend == null ? normal : Ops.add(normal, addend), activation);
  }

  private Tensor folded(Tensor x, Tensor filter, Tensor bias, Tensor addend, LayerPass pass) {
    Normaliser.Line line = normaliser.running(pass);
    Tensor perFilter = Ops.reshape(line.scale(), Shape.of(convolution.filters(), 1, 1, 1));
    Tensor shift =
        bias == null ? line.shift() : Ops.add(line.shift(), Ops.multiply(bias, line.scale()));
    return fused(x, Ops.multiply(filter, perFilter), shift, addend);
  }

  private Tensor fused(Tensor x, Tensor filter, Tensor bias, Tensor addend) {
    return ImageOps.convolution(
        x, filter, bias, addend, activation, convolution.stride(), convolution.padding());
  }
}
