package org.stic.bench.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;

/** What samples on a device have in common: the device, and what is closed with it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public abstract class DeviceSample {
  private final List<Runnable> closing = new ArrayList<>();

  /** The device that {@code -Dstic.device} names, else the best there is. */
  protected Device device;

  /** Opens the device, then prepares the sample. */
  @Setup
  public final void open() {
    device = Device.open(DeviceChoice.parse(System.getProperty("stic.device", "auto")));
    prepare();
  }

  /** Makes buffers and binds launches. */
  protected abstract void prepare();

  /** A buffer of standard normal numbers, all multiplied. */
  protected final DeviceMemory numbers(int count, float factor) {
    float[] values = new float[count];
    Random random = new Random(1);
    for (int index = 0; index < count; index++) {
      values[index] = factor * (float) random.nextGaussian();
    }
    DeviceMemory buffer = device.allocate((long) Float.BYTES * count);
    atEnd(buffer::close);
    buffer.upload(values);
    return buffer;
  }

  /** Closes something before the device is closed. */
  protected final void atEnd(Runnable close) {
    closing.add(close);
  }

  /** Waits for the device and closes everything. */
  @TearDown
  public final void close() {
    device.synchronize();
    closing.forEach(Runnable::run);
    device.close();
  }
}
