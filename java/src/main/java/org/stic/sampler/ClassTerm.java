package org.stic.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * How strongly an image shows the wanted classes, as a function of the logits {@code z} and the
 * class weights {@code w}. Saturating terms make long chains safe; the raw logit can be raised for
 * ever.
 */
public enum ClassTerm {
  /** {@code sum_k w_k z_k}. */
  @JsonProperty("logit")
  LOGIT {
    @Override
    Tensor perClass(Tensor logits, int classes) {
      return Ops.slice(logits, 1, 0, classes);
    }
  },

  /** {@code sum_k w_k log softmax(z)_k} over the classes alone. */
  @JsonProperty("posterior")
  POSTERIOR {
    @Override
    Tensor perClass(Tensor logits, int classes) {
      return Ops.logSoftmax(Ops.slice(logits, 1, 0, classes));
    }
  },

  /**
   * {@code sum_k w_k log softmax(z)_k} over the classes and "fake": the partner of the fake-class
   * loss.
   */
  @JsonProperty("log-softmax")
  LOG_SOFTMAX {
    @Override
    Tensor perClass(Tensor logits, int classes) {
      return Ops.slice(Ops.logSoftmax(Ops.slice(logits, 1, 0, classes + 1)), 1, 0, classes);
    }
  },

  /** {@code sum_k w_k log sigmoid(z_k)}: the partner of the introspective loss. */
  @JsonProperty("log-sigmoid")
  LOG_SIGMOID {
    @Override
    Tensor perClass(Tensor logits, int classes) {
      Tensor wanted = Ops.slice(logits, 1, 0, classes);
      return Ops.negate(Ops.softplus(Ops.negate(wanted)));
    }
  };

  /**
   * The term of each chain.
   *
   * @param logits shape [chains, at least classes + 1]: the classes, then "fake"
   * @param weights class weights, shape [chains, classes]
   * @return shape [chains]
   */
  public Tensor of(Tensor logits, Tensor weights) {
    Tensor weighted = Ops.multiply(weights, perClass(logits, weights.shape().dim(1)));
    return Ops.reshape(Ops.sum(weighted, 1), Shape.of(logits.shape().dim(0)));
  }

  abstract Tensor perClass(Tensor logits, int classes);
}
