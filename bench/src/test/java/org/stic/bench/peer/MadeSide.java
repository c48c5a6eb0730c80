package org.stic.bench.peer;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/** A side whose time is made up; notes when it is timed. */
final class MadeSide implements Side {
  private final String name;
  private final List<String> log;
  private final IntToDoubleFunction secondsOfCalls;
  private final double[] result;
  private double processor;
  private int busySlices;

  MadeSide(String name, List<String> log, IntToDoubleFunction secondsOfCalls, double... result) {
    this.name = name;
    this.log = log;
    this.secondsOfCalls = secondsOfCalls;
    this.result = result;
  }

  /** After each timing, threads wait busily for some readings of the processor time. */
  MadeSide spinning(int slices) {
    busySlices = slices;
    return this;
  }

  @Override
  public double[] result() {
    return result.clone();
  }

  @Override
  public double seconds(int calls) {
    log.add(name);
    return secondsOfCalls.applyAsDouble(calls);
  }

  @Override
  public double processorSeconds() {
    if (busySlices > 0) {
      busySlices--;
      log.add(name + " spins");
      processor += 1;
    }
    return processor;
  }

  @Override
  public void close() {
    log.add(name + " closed");
  }
}
