package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/** Two 3x3 convolutions beside a shortcut. */
sealed interface ResidualBlock {

  /** Shape of the output for an input of shape {@code input}. */
  Shape output(Shape input);

  /**
   * The parameters for an input of a shape.
   *
   * @param lastScale factor of the last convolution's starting deviation
   */
  List<Parameter> parameters(Shape input, double lastScale);

  /** The block's value for a batch, shape [images, channels, height, width]. */
  Tensor apply(Tensor x, LayerPass pass);

  /**
   * Activation after the sum: {@code f(x' + second(first(x)))}. Where the shape changes, x' is
   * every second row and column of x between channels of zeros, half of them on each side, which
   * has no parameters.
   *
   * <p>Source: He et al., "Deep residual learning for image recognition", 2016, option A.
   */
  record PostActivation(ConvolutionUnit first, ConvolutionUnit second) implements ResidualBlock {

    @Override
    public Shape output(Shape input) {
      return second.output(first.output(input));
    }

    @Override
    public List<Parameter> parameters(Shape input, double lastScale) {
      List<Parameter> parameters = new ArrayList<>(first.parameters(input, 1));
      parameters.addAll(second.parameters(first.output(input), lastScale));
      return parameters;
    }

    @Override
    public Tensor apply(Tensor x, LayerPass pass) {
      return second.apply(first.apply(x, null, pass), shortcut(x), pass);
    }

    private Tensor shortcut(Tensor x) {
      int stride = first.convolution().stride();
      int filters = second.convolution().filters();
      int channels = x.shape().dim(1);
      Tensor kept = stride == 1 ? x : ImageOps.averagePool(x, 1, stride, 0);
      return filters == channels
          ? kept
          : Ops.embed(kept, kept.shape().with(1, filters), 1, (filters - channels) / 2);
    }
  }

  /**
   * Normalisation and activation before the convolutions: {@code x' + second(first(f(norm x)))}.
   *
   * @param before of the input
   * @param shortcut the 1x1 convolution of x', where the shape changes; else null
   * @param shortcutOfActivated whether the shortcut starts behind normalisation and activation
   * @param activation f
   */
  record PreActivation(
      Normaliser before,
      ConvolutionUnit first,
      ConvolutionUnit second,
      ConvolutionUnit shortcut,
      boolean shortcutOfActivated,
      UnaryFunction activation)
      implements ResidualBlock {

    @Override
    public Shape output(Shape input) {
      return second.output(first.output(input));
    }

    @Override
    public List<Parameter> parameters(Shape input, double lastScale) {
      List<Parameter> parameters = new ArrayList<>(before.parameters());
      parameters.addAll(first.parameters(input, 1));
      parameters.addAll(second.parameters(first.output(input), lastScale));
      if (shortcut != null) {
        parameters.addAll(shortcut.parameters(input, 1));
      }
      return parameters;
    }

    @Override
    public Tensor apply(Tensor x, LayerPass pass) {
      Tensor activated = Ops.unary(before.apply(x, pass), activation);
      Tensor around =
          shortcut == null ? x : shortcut.apply(shortcutOfActivated ? activated : x, null, pass);
      return second.apply(first.apply(activated, null, pass), around, pass);
    }
  }
}
