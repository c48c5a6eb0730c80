package org.stic.training;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.KernelCall;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ParameterStore;
import org.stic.model.Weights;
import org.stic.random.Purpose;

/**
 * The work of a network on one batch, with weights and images of its own, for measurements: its
 * logits and their gradients by the images, as sampling asks for them, and by the parameters, as
 * training does.
 */
public final class TuningWorkload implements AutoCloseable {
  private final ParameterStore parameters;
  private final Program program;

  /** Compiles the work and runs it once, so that its memory holds usual numbers. */
  public TuningWorkload(Device device, ClassifierNetwork network, int batch) {
    parameters = new ParameterStore(device, "tuning", network.parameters());
    parameters.initialise(0, Purpose.INITIALISATION);
    Graph graph = new Graph();
    Shape image = network.input();
    Shape images = Shape.of(batch, image.dim(0), image.dim(1), image.dim(2));
    Tensor input = graph.input("images", images);
    Weights weights = parameters.read(graph);
    Tensor logits = network.apply(input, weights).logits();
    List<Tensor> wanted = new ArrayList<>(List.of(input));
    network.parameters().stream()
        .filter(parameter -> !parameter.isStatistic())
        .forEach(parameter -> wanted.add(weights.get(parameter.name())));
    Tensor loss = Ops.sum(Ops.square(logits));
    List<Tensor> gradients = Gradients.of(loss, wanted);
    for (int i = 0; i < gradients.size(); i++) {
      graph.output("gradient" + i, gradients.get(i));
    }
    program = Program.compile(device, MathMode.FP32, graph);
    float[] values = new float[images.intElements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 2654435761L % 1024) / 512f - 1;
    }
    program.set("images", values);
    program.run();
    device.synchronize();
  }

  /** The kernel calls of one run. */
  public List<KernelCall> calls() {
    return program.calls();
  }

  @Override
  public void close() {
    program.close();
    parameters.close();
  }
}
