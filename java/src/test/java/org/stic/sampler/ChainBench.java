package org.stic.sampler;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;

/** Chains on a known density through the same graph path as drawings, for tests. */
final class ChainBench implements AutoCloseable {
  final ChainState state;
  final ChainInfo info;
  final AdaptiveStepSize stepSize;
  private final Device device;
  private final Program initialise;
  private final Program step;

  ChainBench(
      Device device,
      Shape shape,
      StepSizePlan plan,
      BiFunction<AdaptiveStepSize, ChainInfo, Sampler> rule) {
    this.device = device;
    state = ChainState.allocate(device, shape);
    info = ChainInfo.allocate(device, shape.dim(0));
    stepSize = new AdaptiveStepSize(device, plan);
    Sampler sampler = rule.apply(stepSize, info);
    initialise = compile(graph -> sampler.initialise(graph, state));
    step = compile(graph -> sampler.step(graph, state));
  }

  private Program compile(Consumer<Graph> nodes) {
    Graph graph = new Graph();
    nodes.accept(graph);
    return Program.compile(device, graph);
  }

  void start(float... position) {
    state.position().upload(position);
    initialise.run();
  }

  void run(int steps) {
    step.run(steps);
  }

  /**
   * Mean, variance and acceptance over {@code draws} states of all chains, {@code thin} steps
   * apart.
   */
  Moments moments(int draws, int thin) {
    info.accepted().upload(new int[state.chains()]);
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      step.run(thin);
      for (float value : state.position().download()) {
        count++;
        sum += value;
        squares += (double) value * value;
      }
    }
    double accepted = IntStream.of(info.accepted().downloadInts()).sum();
    double mean = sum / count;
    double rate = accepted / ((double) state.chains() * draws * thin);
    return new Moments(mean, squares / count - mean * mean, rate, count);
  }

  record Moments(double mean, double variance, double acceptance, double count) {}

  @Override
  public void close() {
    step.close();
    initialise.close();
    stepSize.close();
    info.close();
    state.close();
  }
}
