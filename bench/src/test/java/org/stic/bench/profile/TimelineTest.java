package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.bench.result.Distribution;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.SimtControl;
import org.stic.kernels.Counter;
import org.stic.kernels.KernelCall;
import org.stic.kernels.Spin;

/** Device time against kernels of known duration, and how often work is run. */
class TimelineTest {
  /** Short against a slice of processor time, long against what lies between two kernels. */
  private static final int NANOSECONDS = 2_000_000;

  private static final double TOLERANCE = 0.01;
  private static final int SAMPLES = 15;
  private static final int MOST_RUNS = 3000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Device device;
  private DeviceMemory memory;

  @BeforeEach
  void open() {
    device = Device.open(DeviceChoice.CPU);
    memory = device.allocate(Integer.BYTES);
    memory.zero();
  }

  @AfterEach
  void close() {
    memory.close();
    device.close();
  }

  private List<Span> spans(KernelCall... calls) {
    return Subject.of(device, List.of(calls)).calls();
  }

  private KernelCall spin(int nanoseconds) {
    return Spin.nanoseconds(memory.address(), nanoseconds);
  }

  /**
   * The median of runs in which the calling thread, which runs the kernels, was not taken off its
   * processor for more than half the tolerance: in the others the events are right and the duration
   * is not known.
   */
  private double median(ToDoubleFunction<double[]> value, Timeline timeline) {
    SimtControl.of(device).setWorkers(1);
    List<Double> samples = new ArrayList<>();
    for (int run = 0; run < MOST_RUNS && samples.size() < SAMPLES; run++) {
      long used = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      double[] seconds = timeline.run();
      long away = System.nanoTime() - start - (THREADS.getCurrentThreadCpuTime() - used);
      if (away < 0.5 * TOLERANCE * NANOSECONDS) {
        samples.add(value.applyAsDouble(seconds));
      }
    }
    assertEquals(SAMPLES, samples.size(), "this machine interrupts nearly every run");
    return Distribution.of(samples).median();
  }

  private static void assertTook(double nanoseconds, double seconds) {
    assertEquals(1e-9 * nanoseconds, seconds, TOLERANCE * 1e-9 * nanoseconds);
  }

  @Test
  void coldTimesAreTheKernelsAlone() {
    try (CacheFlush flush = new CacheFlush(device, 1 << 20);
        Timeline timeline = Timeline.cold(device, spans(spin(NANOSECONDS)), flush)) {
      assertTook(NANOSECONDS, median(seconds -> seconds[0], timeline));
    }
  }

  @Test
  void hotTimesAreOfOneRepeat() {
    int part = NANOSECONDS / 4;
    try (Timeline timeline = Timeline.hot(device, spans(spin(part)), 4)) {
      assertTook(part, median(seconds -> seconds[0], timeline));
    }
  }

  @Test
  void everySpanHasItsOwnTime() {
    List<Span> spans = spans(spin(NANOSECONDS), spin(NANOSECONDS / 2));
    assertEquals("spin (2)", spans.get(1).name());
    try (Timeline timeline = Timeline.hot(device, spans, 1)) {
      assertTook(NANOSECONDS, median(seconds -> seconds[0], timeline));
      assertTook(NANOSECONDS / 2.0, median(seconds -> seconds[1], timeline));
    }
  }

  @Test
  void workIsRunOnceColdAndSoManyTimesHot() {
    List<Span> spans = spans(Counter.increment(memory.address()));
    try (CacheFlush flush = new CacheFlush(device, 4096);
        Timeline cold = Timeline.cold(device, spans, flush)) {
      assertArrayEquals(new int[] {1}, memory.downloadInts(), "loads the kernel");
      cold.run();
      cold.run();
      assertArrayEquals(new int[] {3}, memory.downloadInts());
    }
    try (Timeline hot = Timeline.hot(device, spans, 5)) {
      hot.run();
      assertArrayEquals(new int[] {3 + 1 + 5}, memory.downloadInts());
    }
  }

  @Test
  void theFlushIsLargerThanTheCache() {
    try (CacheFlush flush = new CacheFlush(device, 0)) {
      assertTrue(flush.bytes() >= 2L * device.properties().cacheBytes(), flush.bytes() + " bytes");
    }
    try (CacheFlush flush = new CacheFlush(device, 12345)) {
      assertEquals(12344, flush.bytes());
    }
  }
}
