package org.stic.attention;

import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.sampler.LogDensity;

/**
 * The log-density of whole canvases, {@code U(x; w) = s(z(x); w) - lambda L(whole view of x; w)},
 * with the logits z of an {@link AttentiveNetwork}: what exact steps accept by.
 *
 * @param classWeights one row of class weights per canvas
 * @param wholeViews the density of glimpses of whole canvases, for its Gram loss; null for none
 */
record CanvasDensity(
    AttentiveSampler.Subject subject,
    AttentiveSampler.Guidance guidance,
    Variable classWeights,
    GlimpseDensity wholeViews)
    implements LogDensity {

  @Override
  public Tensor of(Tensor canvases) {
    Tensor term = term(canvases);
    if (wholeViews == null) {
      return term;
    }
    Tensor loss = wholeViews.gramLoss(subject.network().wholeView(canvases));
    return Ops.subtract(term, Ops.scale(loss, (float) guidance.gram().weight()));
  }

  /** The class term of whole canvases, s. */
  Tensor term(Tensor canvases) {
    Graph graph = canvases.graph();
    Tensor logits = subject.network().apply(canvases, subject.parameters().read(graph)).logits();
    return guidance.classTerm().of(logits, graph.read(classWeights));
  }
}
