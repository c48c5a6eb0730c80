package org.stic.sampler;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * How strongly an image shows the wanted classes, as a function of the logits {@code z} and the
 * class weights {@code w}. Saturating terms make long chains safe; the raw logit can be raised for
 * ever.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassTerm.Logit.class, name = "logit"),
  @JsonSubTypes.Type(value = ClassTerm.Posterior.class, name = "posterior"),
  @JsonSubTypes.Type(value = ClassTerm.LogSoftmax.class, name = "log-softmax"),
  @JsonSubTypes.Type(value = ClassTerm.LogSigmoid.class, name = "log-sigmoid"),
  @JsonSubTypes.Type(value = ClassTerm.Ratio.class, name = "ratio"),
  @JsonSubTypes.Type(value = ClassTerm.Joint.class, name = "joint"),
  @JsonSubTypes.Type(value = ClassTerm.Critic.class, name = "critic")
})
public sealed interface ClassTerm {

  /**
   * The term before it is weighted.
   *
   * @param logits shape [chains, at least classes + 1]: the classes, then "fake"
   * @return the term of each class, shape [chains, classes]
   */
  Tensor perClass(Tensor logits, int classes);

  /**
   * The term of each chain, {@code sum_k w_k term_k}.
   *
   * @param logits shape [chains, at least classes + 1]: the classes, then "fake"
   * @param weights class weights that sum to 1, shape [chains, classes]
   * @return shape [chains]
   */
  default Tensor of(Tensor logits, Tensor weights) {
    Tensor weighted = Ops.multiply(weights, perClass(logits, weights.shape().dim(1)));
    return Ops.reshape(Ops.sum(weighted, 1), Shape.of(logits.shape().dim(0)));
  }

  private static Tensor ofClasses(Tensor logits, int classes) {
    return Ops.slice(logits, 1, 0, classes);
  }

  /** {@code sum_k w_k z_k}. */
  record Logit() implements ClassTerm {
    @Override
    public Tensor perClass(Tensor logits, int classes) {
      return ofClasses(logits, classes);
    }
  }

  /** {@code sum_k w_k log softmax(z)_k} over the classes alone. */
  record Posterior() implements ClassTerm {
    @Override
    public Tensor perClass(Tensor logits, int classes) {
      return Ops.logSoftmax(ofClasses(logits, classes));
    }
  }

  /**
   * {@code sum_k w_k log softmax(z)_k} over the classes and "fake": the partner of the fake-class
   * loss.
   */
  record LogSoftmax() implements ClassTerm {
    @Override
    public Tensor perClass(Tensor logits, int classes) {
      return ofClasses(Ops.logSoftmax(ofClasses(logits, classes + 1)), classes);
    }
  }

  /** {@code sum_k w_k log sigmoid(z_k)}: the partner of the introspective loss. */
  record LogSigmoid() implements ClassTerm {
    @Override
    public Tensor perClass(Tensor logits, int classes) {
      return Ops.logSigmoid(ofClasses(logits, classes));
    }
  }

  /** {@code sum_k w_k z_k - z_fake}: the log-ratio of the class to "fake"; does not saturate. */
  record Ratio() implements ClassTerm {
    @Override
    public Tensor perClass(Tensor logits, int classes) {
      Tensor fake = Ops.slice(logits, 1, classes, classes + 1);
      return Ops.subtract(ofClasses(logits, classes), fake);
    }
  }

  /**
   * {@code sum_k w_k z_k - a logsumexp(z)} over the classes: the logit at a = 0, which is the
   * energy of the joint density of image and class, and the posterior at a = 1.
   *
   * @param a from 0 to 1
   */
  record Joint(double a) implements ClassTerm {
    public Joint {
      if (!(a >= 0 && a <= 1)) {
        throw new IllegalArgumentException("the class term's a must be between 0 and 1, not " + a);
      }
    }

    @Override
    public Tensor perClass(Tensor logits, int classes) {
      Tensor wanted = ofClasses(logits, classes);
      Tensor normaliser = Ops.scale(Ops.logSumExp(wanted), (float) a);
      return Ops.subtract(wanted, Ops.reshape(normaliser, Shape.of(logits.shape().dim(0), 1)));
    }
  }

  /**
   * {@code f + a sum_k w_k log softmax(z)_k} over the classes, f being the critic, the last logit:
   * the partner of the Wasserstein loss, whose critic knows no classes.
   *
   * @param a weight of the classes, at least 0
   */
  record Critic(double a) implements ClassTerm {
    public Critic {
      if (!(a >= 0 && a < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the class term's a must be a number of at least 0, not " + a);
      }
    }

    @Override
    public Tensor perClass(Tensor logits, int classes) {
      Tensor critic = Ops.slice(logits, 1, classes + 1, classes + 2);
      Tensor posterior = Ops.logSoftmax(ofClasses(logits, classes));
      return Ops.add(Ops.scale(posterior, (float) a), critic);
    }
  }
}
