package org.stic.model;

import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * One step of a {@link Network}. Shapes are those of one image, without the batch axis: [channels,
 * height, width] or [features].
 */
public sealed interface Layer {

  /** Shape of the output for an input of shape {@code input}. */
  Shape output(Shape input);

  /** The parameters for an input of shape {@code input}, in order. */
  default List<Parameter> parameters(Shape input) {
    return List.of();
  }

  /** The layer's value for a batch {@code x}, shape [images, ...]. */
  Tensor apply(Tensor x, Weights weights);

  /**
   * Convolution with bias, square kernel, zero padding.
   *
   * @param name prefix of its parameters
   */
  record Convolution(String name, int filters, int kernel, int stride, int padding)
      implements Layer {

    @Override
    public Shape output(Shape input) {
      return Shape.of(filters, extent(input.dim(1)), extent(input.dim(2)));
    }

    private int extent(int input) {
      int reach = input + 2 * padding - kernel;
      if (reach < 0) {
        throw new IllegalArgumentException(
            "layer %s: a kernel of %d does not fit %d pixels with padding %d"
                .formatted(name, kernel, input, padding));
      }
      return reach / stride + 1;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      int channels = input.dim(0);
      Shape filter = Shape.of(filters, channels, kernel, kernel);
      return List.of(
          Parameter.heNormal(name + ".weight", filter, channels * kernel * kernel),
          Parameter.bias(name + ".bias", filters));
    }

    @Override
    public Tensor apply(Tensor x, Weights weights) {
      return ImageOps.convolution(
          x, weights.get(name + ".weight"), weights.get(name + ".bias"), stride, padding);
    }
  }

  /**
   * Affine map of features: {@code x W^T + b}.
   *
   * @param name prefix of its parameters
   * @param deviation standard deviation of the starting weights; 0 asks for He's
   */
  record Dense(String name, int outputs, double deviation) implements Layer {

    @Override
    public Shape output(Shape input) {
      return Shape.of(outputs);
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      int inputs = input.dim(0);
      Shape matrix = Shape.of(outputs, inputs);
      Parameter weight =
          deviation == 0
              ? Parameter.heNormal(name + ".weight", matrix, inputs)
              : new Parameter(name + ".weight", matrix, deviation);
      return List.of(weight, Parameter.bias(name + ".bias", outputs));
    }

    @Override
    public Tensor apply(Tensor x, Weights weights) {
      Tensor product = Ops.matmul(x, weights.get(name + ".weight"), false, true);
      return Ops.add(product, weights.get(name + ".bias"));
    }
  }

  /** A function of each element. */
  record Activation(UnaryFunction function) implements Layer {

    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Tensor apply(Tensor x, Weights weights) {
      return Ops.unary(x, function);
    }
  }

  /** Mean over windows that tile the image; rows and columns that fill no window are dropped. */
  record AveragePool(int window) implements Layer {

    @Override
    public Shape output(Shape input) {
      return Shape.of(input.dim(0), input.dim(1) / window, input.dim(2) / window);
    }

    @Override
    public Tensor apply(Tensor x, Weights weights) {
      return window == 1 ? x : ImageOps.averagePool(x, window, window, 0);
    }
  }

  /** All features of an image in one row. */
  record Flatten() implements Layer {

    @Override
    public Shape output(Shape input) {
      return Shape.of(input.intElements());
    }

    @Override
    public Tensor apply(Tensor x, Weights weights) {
      int images = x.shape().dim(0);
      return Ops.reshape(x, Shape.of(images, Math.toIntExact(x.shape().elements() / images)));
    }
  }
}
