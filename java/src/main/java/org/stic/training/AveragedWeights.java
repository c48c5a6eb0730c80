package org.stic.training;

import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Tensor;
import org.stic.model.Parameter;
import org.stic.model.ParameterStore;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.random.Purpose;

/**
 * Parameters that updates change, and their running mean {@code m' = d m + (1 - d) p}, which draws
 * and is measured: it wanders less from update to update. Running statistics are averaged with the
 * parameters that they belong to: statistics of the last batches would be those of another network.
 * With a decay of 0 the two are one and the same memory. Owns its memory.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992, in
 * its exponential form.
 */
final class AveragedWeights implements AutoCloseable {
  private static final String AVERAGE = "parameters.average";

  private final Device device;
  private final float decay;
  private final ParameterStore trained;
  private final ParameterStore average;

  /** Parameters that have no useful values yet; {@code decay} is d, in [0, 1). */
  AveragedWeights(Device device, List<Parameter> parameters, double decay) {
    this.device = device;
    this.decay = (float) decay;
    trained = new ParameterStore(device, "parameters", parameters);
    average = decay == 0 ? trained : new ParameterStore(device, AVERAGE, parameters);
  }

  /** The parameters that updates change. */
  ParameterStore trained() {
    return trained;
  }

  /** The parameters that draw and are measured. */
  ParameterStore average() {
    return average;
  }

  /** Sets the parameters to their starting distribution, a pure function of the seed. */
  void initialise(long seed) {
    trained.initialise(seed, Purpose.INITIALISATION);
    restart();
  }

  /** Adds the nodes that follow an update whose nodes are there already. */
  void follow(Graph graph) {
    if (average != trained) {
      Tensor kept = Ops.scale(graph.read(average.all()), decay);
      Tensor added = Ops.scale(graph.read(trained.all()), 1 - decay);
      graph.assign(average.all(), Ops.add(kept, added));
    }
  }

  /** Forgets the history: the mean becomes the parameters as they are now. */
  void restart() {
    if (average != trained) {
      Graph graph = new Graph();
      graph.assign(average.all(), graph.read(trained.all()));
      try (Program copy = Program.compile(device, graph)) {
        copy.run();
        device.synchronize();
      }
    }
  }

  /** Adds parameters and mean to a checkpoint. */
  void store(Map<String, StoredTensor> tensors) {
    tensors.putAll(trained.store());
    if (average != trained) {
      var all = average.all();
      tensors.put(AVERAGE, StoredTensor.ofFloats(all.download(), all.shape().dims()));
    }
  }

  /** Takes parameters and mean from a checkpoint. */
  void restore(Safetensors file) throws SafetensorsException {
    if (average != trained) {
      average.all().upload(file.floats(AVERAGE, average.all().shape().dims()));
    }
    trained.restore(file);
  }

  @Override
  public void close() {
    if (average != trained) {
      average.close();
    }
    trained.close();
  }
}
