package org.stic.bench.efficiency;

import java.util.Optional;
import org.stic.graph.Shape;
import org.stic.sampler.LogDensity;

/** A density on the box [-1, 1] whose samplers are measured. */
interface Target extends AutoCloseable {

  /** Its name on the command line and in results. */
  String label();

  /** Shape of the positions of a number of chains, [chains, ...]. */
  Shape shape(int chains);

  /** U; what is sampled is proportional to {@code exp(U / T)}. */
  LogDensity density();

  /** T. */
  float temperature();

  /** Step size of approximate steps. */
  float approximateStepSize();

  /** Step size that exact steps adapt from. */
  float firstStepSize();

  /** Where chains begin, wider apart than the target, one after another. */
  float[] start(int chains, long seed);

  /** The variance of each coordinate; empty where it is not known. */
  Optional<double[]> variances();

  @Override
  void close();
}
