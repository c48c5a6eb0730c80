package org.stic.bench.peer;

import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Cost;

/**
 * The Gram loss of each map of a batch, {@code |F F^T / P - T|^2 / |T|^2}, and its gradient by F.
 * The result is the losses, then the gradient.
 *
 * @param batch maps
 * @param channels of each
 * @param positions P of each
 */
record GramGradientSubject(int batch, int channels, int positions) implements Subject {
  private static final int SPREAD = 4;

  @Override
  public String name() {
    return "gram-gradient:%dx%dx%d".formatted(batch, channels, positions);
  }

  @Override
  public List<Operand> operands() {
    return List.of(
        Operand.normal("features", 1, 1, batch, channels, positions),
        target("target", 2, batch, channels));
  }

  /** Symmetric matrices like those of feature maps: means of products of normal numbers. */
  static Operand target(String name, long seed, int batch, int channels) {
    int square = channels * channels;
    int terms = SPREAD * channels;
    float[] features = Operand.normal(name, seed, 1, batch, channels, terms).values();
    float[] gram = new float[batch * square];
    for (int index = 0; index < gram.length; index++) {
      int row = index / square * channels + index / channels % channels;
      int column = index / square * channels + index % channels;
      gram[index] = (float) product(features, row * terms, column * terms, terms);
    }
    return new Operand(name, new int[] {batch, channels, channels}, gram);
  }

  private static double product(float[] features, int row, int column, int terms) {
    double sum = 0;
    for (int term = 0; term < terms; term++) {
      sum += (double) features[row + term] * features[column + term];
    }
    return sum / terms;
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    Variable features =
        Variable.allocate(device, "features", Shape.of(batch, channels, positions, 1));
    Variable target = Variable.allocate(device, "target", Shape.of(batch, channels, channels));
    features.upload(operands.get(0).values());
    target.upload(operands.get(1).values());
    Program program = Program.compile(device, graph(features, target));
    return DeviceSide.of(
        device,
        program,
        () -> {
          program.run();
          return joined(program.get("loss"), program.get("gradient"));
        },
        List.of(features, target));
  }

  private Graph graph(Variable features, Variable target) {
    Graph graph = new Graph();
    Tensor maps = graph.read(features);
    Tensor wanted = graph.read(target);
    Tensor distance = ImageOps.gramLoss(ImageOps.gram(maps, 1f / positions), wanted);
    Tensor norm = Ops.sum(Ops.square(wanted), 1, 2);
    Tensor loss = Ops.divide(distance, Ops.reshape(norm, Shape.of(batch)));
    graph.output("loss", loss);
    graph.output("gradient", Gradients.of(loss, List.of(maps)).getFirst());
    return graph;
  }

  /** Two arrays, one after the other. */
  static float[] joined(float[] first, float[] second) {
    float[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** Two products: the symmetric one's half, and the gradient's. */
  @Override
  public Cost cost() {
    long maps = (long) batch * channels * positions;
    long square = (long) batch * channels * channels;
    return Cost.ofFloats(2 * maps + square, maps * (channels + 1) + 2 * maps * channels);
  }
}
