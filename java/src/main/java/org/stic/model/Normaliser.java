package org.stic.model;

import java.math.BigInteger;
import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Normalises feature maps: {@code y = (x - m) / sqrt(v + 1e-5) gamma + beta}. Its parameters have
 * PyTorch's names: weight, bias, running_mean, running_var.
 *
 * @param name prefix of its parameters
 */
record Normaliser(String name, Normalisation kind, int channels) {
  private static final float EPSILON = 1e-5f;
  private static final int GROUP_CHANNELS = 16;

  List<Parameter> parameters() {
    Parameter factor = Parameter.factor(name + ".weight", channels);
    Parameter bias = Parameter.bias(name + ".bias", channels);
    return switch (kind) {
      case NONE -> List.of();
      case GROUP -> List.of(factor, bias);
      case BATCH, FROZEN_BATCH ->
          List.of(
              factor,
              bias,
              Parameter.statistic(name + ".running_mean", channels, 0),
              Parameter.statistic(name + ".running_var", channels, 1));
    };
  }

  /** The normalised feature maps, shape [images, channels, height, width] as {@code x}. */
  Tensor apply(Tensor x, LayerPass pass) {
    return switch (kind) {
      case NONE -> x;
      case GROUP -> byGroups(x, pass);
      case FROZEN_BATCH -> running(pass).of(x);
      case BATCH -> isLine(pass) ? running(pass).of(x) : byBatch(x, pass);
    };
  }

  /**
   * A straight line of each channel.
   *
   * @param scale shape [channels], or [images, channels]
   * @param shift as the scale
   */
  record Line(Tensor scale, Tensor shift) {
    Tensor of(Tensor x) {
      return ImageOps.planeAffine(x, scale, shift);
    }
  }

  /** Whether it is a straight line of each channel, the same for all images. */
  boolean isLine(LayerPass pass) {
    return switch (kind) {
      case FROZEN_BATCH -> true;
      case BATCH -> !pass.isTraining();
      case NONE, GROUP -> false;
    };
  }

  /** That line: batch normalisation outside training. */
  Line running(LayerPass pass) {
    return line(pass.weight(name + ".running_mean"), pass.weight(name + ".running_var"), pass);
  }

  private Line line(Tensor mean, Tensor variance, LayerPass pass) {
    Tensor deviation = Ops.sqrt(Ops.affine(variance, 1, EPSILON));
    Tensor scale = Ops.divide(pass.weight(name + ".weight"), deviation);
    return new Line(scale, Ops.subtract(pass.weight(name + ".bias"), Ops.multiply(mean, scale)));
  }

  /** Running variances are of the population, as PyTorch's are: count / (count - 1) larger. */
  private Tensor byBatch(Tensor x, LayerPass pass) {
    Moments planes = Moments.ofPlanes(x);
    Moments batch = planes.over(0);
    float count = x.shape().elements() / (float) channels;
    pass.follow(name + ".running_mean", batch.mean());
    pass.follow(name + ".running_var", Ops.scale(batch.variance(), count / Math.max(1, count - 1)));
    return line(batch.mean(), batch.variance(), pass).of(x);
  }

  private Tensor byGroups(Tensor x, LayerPass pass) {
    int images = x.shape().dim(0);
    int size = BigInteger.valueOf(channels).gcd(BigInteger.valueOf(GROUP_CHANNELS)).intValueExact();
    Shape grouped = Shape.of(images, channels / size, size);
    Moments groups = Moments.ofPlanes(x).reshaped(grouped).over(2);
    Shape planes = Shape.of(images, channels);
    return line(
            spread(groups.mean(), grouped, planes),
            spread(groups.variance(), grouped, planes),
            pass)
        .of(x);
  }

  /** One number per group as one number per plane. */
  private static Tensor spread(Tensor perGroup, Shape grouped, Shape planes) {
    Tensor kept = Ops.reshape(perGroup, Shape.of(grouped.dim(0), grouped.dim(1), 1));
    return Ops.reshape(Ops.broadcast(kept, grouped), planes);
  }

  /** Means and variances of sets of equally many numbers. */
  private record Moments(Tensor mean, Tensor variance) {

    static Moments ofPlanes(Tensor x) {
      Tensor both = ImageOps.planeMoments(x);
      Shape planes = Shape.of(x.shape().dim(0), x.shape().dim(1));
      return new Moments(
          Ops.reshape(Ops.slice(both, 0, 0, 1), planes),
          Ops.reshape(Ops.slice(both, 0, 1, 2), planes));
    }

    Moments reshaped(Shape shape) {
      return new Moments(Ops.reshape(mean, shape), Ops.reshape(variance, shape));
    }

    /** Of the sets that differ along an axis taken together: v = mean v_i + mean (m_i - m)^2. */
    Moments over(int axis) {
      Tensor together = Ops.mean(mean, axis);
      Tensor kept = Ops.reshape(together, mean.shape().with(axis, 1));
      Tensor between = Ops.square(Ops.subtract(mean, kept));
      return new Moments(together, Ops.mean(Ops.add(variance, between), axis));
    }
  }
}
