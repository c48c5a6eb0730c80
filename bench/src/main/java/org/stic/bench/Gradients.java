package org.stic.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gradients of single images with respect to their pixels; JMH prints them per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Gradients {
  public double imageGradients;

  /** Starts an iteration. */
  @Setup(Level.Iteration)
  public void clear() {
    imageGradients = 0;
  }
}
