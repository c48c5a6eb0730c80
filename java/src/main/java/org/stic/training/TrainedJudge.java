package org.stic.training;

import java.util.Map;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.metrics.Accuracy;
import org.stic.metrics.FeatureStatistics;
import org.stic.metrics.Features;
import org.stic.model.JudgeNetwork;
import org.stic.model.ParameterStore;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;

/**
 * A small judge of the project's own, trained on the full training set, apart from the classifier
 * that draws. Owns its memory.
 */
public final class TrainedJudge implements Judge {
  private static final int BATCH = 100;
  private static final String ACCURACY = "test.accuracy";
  private static final String MEAN = "test.features.mean";
  private static final String COVARIANCE = "test.features.covariance";

  private final String name;
  private final JudgeNetwork network;
  private final ParameterStore parameters;
  private final Predictor predictor;
  private double accuracy = Double.NaN;
  private FeatureStatistics realFeatures;

  /** A judge whose parameters have no useful values yet. */
  TrainedJudge(Device device, String name, ImageDataset data) {
    this.name = name;
    ImageShape image = data.shape();
    network =
        new JudgeNetwork(
            Shape.of(image.channels(), image.height(), image.width()), data.classNames().size());
    parameters = new ParameterStore(device, "judge", network.parameters());
    predictor = new Predictor(device, MathMode.FP32, network.input(), BATCH, this::outputs);
  }

  private Map<String, Tensor> outputs(Tensor images) {
    JudgeNetwork.Outputs outputs = network.apply(images, parameters.read(images.graph()));
    return Map.of("probabilities", Ops.softmax(outputs.logits()), "features", outputs.features());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public FigureNames figures() {
    return FigureNames.OF_ANY_JUDGE;
  }

  @Override
  public int featureWidth() {
    return JudgeNetwork.FEATURES;
  }

  /** The features of all test images. */
  FeatureStatistics realFeatures() {
    return realFeatures;
  }

  @Override
  public Shape image() {
    return network.input();
  }

  /** Its accuracy on the test images. */
  public double accuracy() {
    return accuracy;
  }

  JudgeNetwork network() {
    return network;
  }

  ParameterStore parameters() {
    return parameters;
  }

  /** Measures the judge itself on test images: its accuracy, and the features of real images. */
  void measure(ImageDataset test) {
    Verdict verdict = judge(test.count(), (index, target) -> test.readImage(index, target, 0));
    int[] labels = new int[test.count()];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = test.label(index);
    }
    accuracy = Accuracy.of(verdict.probabilities(), network.classes(), labels);
    realFeatures = FeatureStatistics.of(verdict.features());
  }

  /** Adds the parameters and what {@link #measure} found to a file. */
  void store(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    tensors.putAll(parameters.store());
    int width = JudgeNetwork.FEATURES;
    tensors.put(MEAN, StoredTensor.ofFloats(floats(realFeatures.mean()), width));
    float[] covariance = floats(realFeatures.covariance().getData());
    tensors.put(COVARIANCE, StoredTensor.ofFloats(covariance, width, width));
    metadata.put(ACCURACY, Double.toString(accuracy));
  }

  /** Takes the parameters and the measurements from a file. */
  void restore(Safetensors file) throws SafetensorsException {
    int width = JudgeNetwork.FEATURES;
    realFeatures =
        FeatureStatistics.ofMoments(
            file.floats(MEAN, width), file.floats(COVARIANCE, width, width));
    accuracy = Checkpoint.number(file, ACCURACY);
    parameters.restore(file);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      floats[index] = (float) values[index];
    }
    return floats;
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
