package org.stic.bench;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.stic.bench.profile.Subject;
import org.stic.bench.profile.Subjects;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.MathMode;
import org.stic.cuda.PinnedMemory;
import org.stic.kernels.Cost;
import org.stic.kernels.KernelCall;
import org.stic.kernels.KernelChoice;

/** A device with buffers and the calls to be measured on it. */
public final class Workbench implements AutoCloseable {
  private final Device device = openDevice();
  private final List<DeviceMemory> buffers = new ArrayList<>();
  private final List<PinnedMemory> pinned = new ArrayList<>();
  private DeviceWork[] launches = {};
  private Optional<Subject> subject = Optional.empty();
  private Cost cost = Cost.NONE;

  /**
   * Opens the device that the system property {@code stic.device} names, else the best there is.
   */
  public static Device openDevice() {
    return Device.open(DeviceChoice.parse(System.getProperty("stic.device", "auto")));
  }

  /** Where the buffers lie. */
  Device device() {
    return device;
  }

  /** Computes products in this arithmetic, and tells which kernels have it not. */
  void measure(MathMode math, List<KernelCall> calls) {
    device.useMath(math);
    measure(calls);
    calls.stream()
        .map(call -> KernelChoice.of(call, device, math))
        .filter(choice -> choice.rung().math() != math)
        .forEach(choice -> System.out.println("# not in " + math + ": " + choice));
  }

  /**
   * How far a sum of products of standard normal numbers may be from the exact one, when its
   * factors are rounded to an arithmetic: eight deviations of the sum of these roundings, and of
   * those of the sum, which is added up in single precision, one term after another.
   */
  static double rounding(MathMode math, long terms) {
    double unit =
        switch (math) {
          case FP32, TF32X3 -> 0x1p-20;
          case TF32 -> 0x1p-11;
          case BF16 -> 0x1p-8;
        };
    return 8 * (unit * Math.sqrt((double) terms) + 0x1p-24 * terms);
  }

  /** A buffer with standard normal values; the same for the same seed. */
  DeviceMemory normals(long count, long seed) {
    float[] values = new float[Math.toIntExact(count)];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    DeviceMemory buffer = buffer(Float.BYTES * count);
    buffer.upload(values);
    return buffer;
  }

  /** A buffer whose content is undefined. */
  DeviceMemory buffer(long bytes) {
    DeviceMemory buffer = device.allocate(bytes);
    buffers.add(buffer);
    return buffer;
  }

  /** Says what a measurement runs: the rung that serves each call in the device's arithmetic. */
  void measure(List<KernelCall> calls) {
    Subject made = Subject.of(device, calls);
    subject = Optional.of(made);
    launches = made.whole().work().toArray(DeviceWork[]::new);
    cost = made.whole().cost();
  }

  /** Runs all calls once and waits for them. */
  void run(Rates rates) {
    for (DeviceWork launch : launches) {
      launch.enqueue(device.stream());
    }
    device.synchronize();
    rates.add(cost);
  }

  /** Runs all calls several times, waits for them once, and tells how long that took. */
  long nanosecondsOf(int times) {
    device.synchronize();
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      for (DeviceWork launch : launches) {
        launch.enqueue(device.stream());
      }
    }
    device.synchronize();
    return System.nanoTime() - start;
  }

  /** Page-locked memory of the host; its content is undefined. */
  MemorySegment pinned(long bytes) {
    PinnedMemory memory = PinnedMemory.allocate(device, bytes);
    pinned.add(memory);
    return memory.segment();
  }

  /** A buffer that holds these values. */
  DeviceMemory floats(float... values) {
    DeviceMemory buffer = buffer((long) Float.BYTES * values.length);
    buffer.upload(values);
    return buffer;
  }

  /** A buffer of zeros. */
  DeviceMemory zeros(long bytes) {
    DeviceMemory buffer = buffer(bytes);
    buffer.zero();
    return buffer;
  }

  /** Fails unless the value is near the expected one. */
  static void verify(String what, double value, double expected, double tolerance) {
    if (!(Math.abs(value - expected) <= tolerance)) {
      throw new IllegalStateException(
          "%s is %g, but must be %g within %g".formatted(what, value, expected, tolerance));
    }
  }

  /** Shows profilers what was measured, and releases it. */
  @Override
  public void close() {
    subject.ifPresent(Subjects::closing);
    buffers.forEach(DeviceMemory::close);
    pinned.forEach(PinnedMemory::close);
    device.close();
  }
}
