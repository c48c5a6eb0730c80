package org.stic.training;

import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.metrics.Features;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ParameterStore;

/** A network with weights from elsewhere as a judge. Owns its memory. */
final class NetworkJudge implements Judge {
  private static final int BATCH = 50;

  private final String name;
  private final FigureNames figures;
  private final ClassifierNetwork network;
  private final ParameterStore parameters;
  private final Predictor predictor;

  /**
   * Compiles the network.
   *
   * @param parameters the network's; this judge owns them from now on
   */
  NetworkJudge(
      Device device,
      String name,
      FigureNames figures,
      ClassifierNetwork network,
      ParameterStore parameters) {
    this.name = name;
    this.figures = figures;
    this.network = network;
    this.parameters = parameters;
    predictor = new Predictor(device, network.input(), BATCH, this::outputs);
  }

  private Map<String, Tensor> outputs(Tensor images) {
    var outputs = network.apply(images, parameters.read(images.graph()));
    Tensor logits = Ops.slice(outputs.logits(), 1, 0, network.classes());
    return Map.of("probabilities", Ops.softmax(logits), "features", outputs.pooled());
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
    return network.input();
  }

  @Override
  public int featureWidth() {
    return network.headInputs();
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
