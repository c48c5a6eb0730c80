package org.stic.bench.profile;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Spin;

/** A benchmark whose device time is known, for the test of the profilers in JMH. */
@State(Scope.Thread)
public class SpinBenchmark {
  static final int NANOSECONDS = 500_000;

  private Device device;
  private DeviceMemory memory;
  private Subject subject;

  @Setup
  public void open() {
    device = Device.open(DeviceChoice.CPU);
    memory = device.allocate(Integer.BYTES);
    subject = Subject.of(device, List.of(Spin.nanoseconds(memory.address(), NANOSECONDS)));
  }

  @Benchmark
  public void spin() {
    subject.whole().work().getFirst().enqueue(device.stream());
    device.synchronize();
  }

  @TearDown
  public void close() {
    Subjects.closing(subject);
    memory.close();
    device.close();
  }
}
