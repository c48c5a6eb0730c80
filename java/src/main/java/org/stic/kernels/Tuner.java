package org.stic.kernels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.Event;
import org.stic.cuda.MathMode;

/**
 * Measures the kernels that can do the same work, in turn, so that what disturbs the machine
 * disturbs all of them: a round runs each kernel once for long enough to be measured, and the
 * median of its rounds counts.
 */
public final class Tuner {
  private static final int ROUNDS = 7;
  private static final double ROUND_MILLIS = 2;
  private static final int MOST_LAUNCHES = 1000;

  private Tuner() {}

  /**
   * Measures the work of calls in one arithmetic, each work once; work that only one kernel can do
   * is left out. The calls' memory must be theirs to write.
   *
   * @param told takes each result
   */
  public static List<TuningTable.Entry> measure(
      Device device, List<KernelCall> calls, MathMode math, Consumer<TuningTable.Entry> told) {
    Map<String, KernelCall> works = new LinkedHashMap<>();
    calls.forEach(call -> works.putIfAbsent(call.work(), call));
    List<TuningTable.Entry> entries = new ArrayList<>();
    for (KernelCall call : works.values()) {
      List<Rung> able = KernelChoice.able(call, device, math);
      if (able.size() > 1) {
        TuningTable.Entry entry =
            new TuningTable.Entry(call.work(), math, microseconds(device, able));
        told.accept(entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  private static Map<String, Double> microseconds(Device device, List<Rung> rungs) {
    Map<String, Double> medians = new LinkedHashMap<>();
    try (Event start = Event.create(device);
        Event end = Event.create(device)) {
      List<Candidate> candidates =
          rungs.stream().map(rung -> new Candidate(device, rung, start, end)).toList();
      for (int round = 0; round < ROUNDS; round++) {
        candidates.forEach(Candidate::run);
      }
      candidates.forEach(each -> medians.put(each.rung.name(), each.median()));
    }
    return medians;
  }

  /** One kernel and its times. */
  private static final class Candidate {
    private final Device device;
    private final Rung rung;
    private final DeviceWork work;
    private final Event start;
    private final Event end;
    private final int launches;
    private final List<Double> times = new ArrayList<>();

    Candidate(Device device, Rung rung, Event start, Event end) {
      this.device = device;
      this.rung = rung;
      this.start = start;
      this.end = end;
      work = rung.prepare(device);
      millis(1); // Loads the kernel.
      double once = millis(1);
      launches = (int) Math.clamp(Math.ceil(ROUND_MILLIS / Math.max(once, 1e-6)), 1, MOST_LAUNCHES);
    }

    private double millis(int count) {
      start.record(device.stream());
      for (int i = 0; i < count; i++) {
        work.enqueue(device.stream());
      }
      end.record(device.stream());
      end.synchronize();
      return Event.elapsedMillis(start, end);
    }

    void run() {
      times.add(millis(launches) * 1000 / launches);
    }

    double median() {
      return times.stream().sorted().toList().get(times.size() / 2);
    }
  }
}
