package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Variable;

/** Targets {@code T_l = sum_k w_k A_l^k} from the class means A. Owns its program. */
final class ClassMeanSource implements GramSource {
  private final ClassGrams grams;
  private final Program program;

  /** Compiles the mixing of the means by class weights [chains, classes] on the device. */
  ClassMeanSource(Device device, ClassGrams grams, GramTargets targets, Variable weights) {
    this.grams = grams;
    Graph graph = new Graph();
    for (int layer = 0; layer < grams.means().size(); layer++) {
      Variable target = targets.matrices().get(layer);
      var mixed = Ops.matmul(graph.read(weights), graph.read(grams.means().get(layer)));
      graph.assign(target, Ops.reshape(mixed, target.shape()));
    }
    targets.assignScales(graph, false);
    program = Program.compile(device, graph);
  }

  @Override
  public void set(float[] classWeights, int[] canvases) {
    grams.update();
    program.run();
  }

  @Override
  public void close() {
    program.close();
  }
}
