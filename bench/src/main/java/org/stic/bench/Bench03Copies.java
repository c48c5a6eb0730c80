package org.stic.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Stream;
import org.stic.kernels.Cost;

/**
 * How fast do values come to the device, from it, and from place to place on it, and what does
 * page-locked memory gain? One call enqueues one copy and waits for it. A copy between host and
 * device counts its bytes once, one on the device twice: read and written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Smoke("bytes=4100")
public class Bench03Copies {
  private static final byte POISON = -1;

  /** From where to where. */
  public enum Way {
    TO_DEVICE_PAGEABLE,
    TO_DEVICE_PINNED,
    FROM_DEVICE_PAGEABLE,
    FROM_DEVICE_PINNED,
    ON_DEVICE
  }

  @Param public Way way;

  @Param({"4096", "1048576", "67108864"})
  public int bytes;

  private Workbench workbench;
  private Arena arena;
  private MemorySegment host;
  private DeviceMemory source;
  private DeviceMemory target;
  private Cost cost;

  /** Fills where the copy comes from with a pattern, and poisons where it goes to. */
  @Setup
  public void open() {
    workbench = new Workbench();
    arena = Arena.ofShared();
    boolean pinned = way == Way.TO_DEVICE_PINNED || way == Way.FROM_DEVICE_PINNED;
    host = pinned ? workbench.pinned(bytes) : arena.allocate(bytes, Long.BYTES);
    source = workbench.buffer(bytes);
    target = workbench.buffer(bytes);
    cost = new Cost((way == Way.ON_DEVICE ? 2L : 1L) * bytes, 0);
    for (int index = 0; index < bytes; index++) {
      host.set(ValueLayout.JAVA_BYTE, index, pattern(index));
    }
    source.upload(host, 0);
    if (!isUpload()) {
      host.fill(POISON);
    }
    target.zero();
  }

  /** One copy. */
  @Benchmark
  public void copy(Rates rates) {
    Stream stream = workbench.device().stream();
    switch (way) {
      case TO_DEVICE_PAGEABLE, TO_DEVICE_PINNED -> stream.upload(target, 0, host);
      case FROM_DEVICE_PAGEABLE, FROM_DEVICE_PINNED -> stream.download(host, source, 0);
      case ON_DEVICE -> stream.copy(target, 0, source, 0, bytes);
    }
    stream.synchronize();
    rates.add(cost);
  }

  /** Checks every byte. */
  @TearDown
  public void verify() {
    boolean isDownload = way == Way.FROM_DEVICE_PAGEABLE || way == Way.FROM_DEVICE_PINNED;
    try (Workbench bench = workbench;
        Arena segments = arena) {
      MemorySegment found = isDownload ? host : segments.allocate(bytes);
      if (!isDownload) {
        target.download(found, 0);
      }
      for (int index = 0; index < bytes; index++) {
        byte value = found.get(ValueLayout.JAVA_BYTE, index);
        if (value != pattern(index)) {
          throw new IllegalStateException(
              "byte %d of %s is %d, but must be %d"
                  .formatted(index, bench.device().name(), value, pattern(index)));
        }
      }
    }
  }

  private boolean isUpload() {
    return way == Way.TO_DEVICE_PAGEABLE || way == Way.TO_DEVICE_PINNED;
  }

  /** Never the poison, and of no period that a block could have. */
  private static byte pattern(int index) {
    return (byte) (index % 251 % 127);
  }
}
