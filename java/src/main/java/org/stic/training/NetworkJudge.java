package org.stic.training;

import java.util.Map;
import org.stic.graph.Shape;
import org.stic.metrics.Features;
import org.stic.model.ParameterStore;

/** A network with weights from elsewhere as a judge. Owns its memory. */
final class NetworkJudge implements Judge {
  private final String name;
  private final FigureNames figures;
  private final Shape image;
  private final int featureWidth;
  private final ParameterStore parameters;
  private final Predictor predictor;

  /**
   * A judge that owns the network's parameters and program from now on.
   *
   * @param predictor gives "probabilities" and "features"
   */
  NetworkJudge(
      String name,
      FigureNames figures,
      Shape image,
      int featureWidth,
      ParameterStore parameters,
      Predictor predictor) {
    this.name = name;
    this.figures = figures;
    this.image = image;
    this.featureWidth = featureWidth;
    this.parameters = parameters;
    this.predictor = predictor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public FigureNames figures() {
    return figures;
  }

  @Override
  public Shape image() {
    return image;
  }

  @Override
  public int featureWidth() {
    return featureWidth;
  }

  @Override
  public Verdict judge(int count, Predictor.Images images) {
    Map<String, float[]> answers = predictor.run(count, images);
    return new Verdict(
        answers.get("probabilities"), new Features(answers.get("features"), featureWidth()));
  }

  @Override
  public void close() {
    predictor.close();
    parameters.close();
  }
}
