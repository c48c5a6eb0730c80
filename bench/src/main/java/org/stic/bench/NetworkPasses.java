package org.stic.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;
import org.stic.model.NamedModels;
import org.stic.model.ParameterStore;
import org.stic.model.PretrainedWeights;
import org.stic.model.SafetensorsReader;

/**
 * Passes of a named network, one for each line on standard input, so that {@code bench/measure.py
 * networks} can do passes of PyTorch's in turn. Prints the sum of squares of the result first, then
 * the seconds of each pass, by the clock and of the processor.
 */
public final class NetworkPasses {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final int CLASSES = 10;

  private NetworkPasses() {}

  /**
   * Arguments: the model, its weights, the number of images, and "forward" for logits or "gradient"
   * for the gradient of the logits' logsumexp by the images.
   */
  public static void main(String[] arguments) throws IOException {
    int images = Integer.parseInt(arguments[2]);
    boolean asksGradient = arguments[3].equals("gradient");
    ClassifierNetwork network = NamedModels.of(arguments[0], IMAGE, CLASSES);
    try (Device device = Device.open(DeviceChoice.CPU);
        ParameterStore weights = new ParameterStore(device, "weights", network.parameters())) {
      PretrainedWeights.of(SafetensorsReader.read(Path.of(arguments[1]))).restore(weights);
      try (Program pass = Program.compile(device, graph(network, weights, images, asksGradient))) {
        pass.set("images", pixels(images * IMAGE.intElements()));
        pass.run();
        System.out.println(squares(pass.get("result")));
        answerLines(device, pass);
      }
    }
  }

  private static Graph graph(
      ClassifierNetwork network, ParameterStore weights, int images, boolean asksGradient) {
    Graph graph = new Graph();
    Tensor input =
        graph.input("images", Shape.of(images, IMAGE.dim(0), IMAGE.dim(1), IMAGE.dim(2)));
    Tensor logits = network.apply(input, weights.read(graph)).logits();
    graph.output(
        "result",
        asksGradient ? Gradients.of(Ops.logSumExp(logits), List.of(input)).getFirst() : logits);
    return graph;
  }

  /** The same pixels as measure.py's. */
  private static float[] pixels(int count) {
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) (index * 7919L % 2003 / 1001.0 - 1);
    }
    return values;
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static void answerLines(Device device, Program pass) throws IOException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (lines.readLine() != null) {
      long processor = system.getProcessCpuTime();
      long clock = System.nanoTime();
      pass.run();
      device.synchronize();
      double seconds = (System.nanoTime() - clock) * 1e-9;
      double used = (system.getProcessCpuTime() - processor) * 1e-9;
      System.out.println(String.format(Locale.ROOT, "%.6f %.6f", seconds, used));
    }
  }
}
