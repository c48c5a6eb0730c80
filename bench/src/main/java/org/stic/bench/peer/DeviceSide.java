package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.graph.Program;
import org.stic.kernels.KernelCall;

/** Our side on a device; owns what the work needs. */
final class DeviceSide implements Side {
  private final Device device;
  private final IntConsumer enqueue;
  private final Supplier<float[]> result;
  private final List<AutoCloseable> owned;

  /**
   * A side.
   *
   * @param enqueue enqueues a number of calls
   * @param result does one call on the operands and reads what it yields
   * @param owned closed in this order
   */
  DeviceSide(
      Device device, IntConsumer enqueue, Supplier<float[]> result, List<AutoCloseable> owned) {
    this.device = device;
    this.enqueue = enqueue;
    this.result = result;
    this.owned = owned;
  }

  /** Runs a program. */
  static DeviceSide of(
      Device device, Program timed, Supplier<float[]> result, List<? extends AutoCloseable> owned) {
    List<AutoCloseable> all = new ArrayList<>(List.of(timed));
    all.addAll(owned);
    return new DeviceSide(device, timed::run, result, all);
  }

  /** Runs kernels whose calls are made by {@link Kernels}. */
  static DeviceSide of(Device device, Kernels kernels, DeviceMemory result) {
    List<Launch> launches = kernels.calls().stream().map(call -> call.bind(device)).toList();
    IntConsumer enqueue =
        calls -> {
          for (int call = 0; call < calls; call++) {
            launches.forEach(launch -> launch.enqueue(device.stream()));
          }
        };
    Supplier<float[]> once =
        () -> {
          enqueue.accept(1);
          return result.downloadFloats();
        };
    return new DeviceSide(device, enqueue, once, List.copyOf(kernels.memory()));
  }

  /**
   * Kernels and the memory they work on.
   *
   * @param calls one after another
   * @param memory of all their arguments
   */
  record Kernels(List<KernelCall> calls, List<DeviceMemory> memory) {}

  @Override
  public double[] result() {
    float[] values = result.get();
    double[] doubles = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      doubles[index] = values[index];
    }
    return doubles;
  }

  @Override
  public double seconds(int calls) {
    device.synchronize();
    long start = System.nanoTime();
    enqueue.accept(calls);
    device.synchronize();
    return 1e-9 * (System.nanoTime() - start);
  }

  @Override
  public double processorSeconds() {
    return ThisProcess.processorSeconds();
  }

  @Override
  public void close() {
    for (AutoCloseable resource : owned) {
      try {
        resource.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + resource, e);
      }
    }
  }
}
