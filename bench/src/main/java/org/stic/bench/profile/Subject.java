package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.graph.PreparedCall;
import org.stic.graph.Program;
import org.stic.kernels.Cost;
import org.stic.kernels.KernelCall;
import org.stic.kernels.KernelChoice;
import org.stic.kernels.Rung;

/**
 * What a benchmark runs on a device: calls in order, which may be run again at any time.
 *
 * @param name tells it apart where a benchmark has several; else empty
 * @param device where
 * @param calls one span each, no two with the same name
 */
public record Subject(String name, Device device, List<Span> calls) {
  public Subject {
    calls = List.copyOf(calls);
  }

  /** The calls of a program, named by node and kernel. */
  static Subject of(String name, Program program) {
    Collector collector = new Collector();
    for (PreparedCall prepared : program.prepared()) {
      collector.add(prepared.node() + " " + prepared.kernel(), prepared.call(), prepared.work());
    }
    return new Subject(name, program.device(), collector.calls);
  }

  /** Calls, each done by the rung that serves it in the device's arithmetic, and named after it. */
  public static Subject of(Device device, List<KernelCall> calls) {
    Collector collector = new Collector();
    for (KernelCall call : calls) {
      Rung rung = KernelChoice.of(call, device, device.math()).rung();
      collector.add(rung.name(), call, device.named(rung.name(), rung.prepare(device)));
    }
    return new Subject("", device, collector.calls);
  }

  /** All calls as one span. */
  public Span whole() {
    return new Span(
        "",
        calls.stream().map(Span::cost).reduce(Cost.NONE, Cost::plus),
        calls.stream().flatMap(call -> call.work().stream()).toList());
  }

  /** Collects calls and tells those of the same name apart. */
  private static final class Collector {
    private final List<Span> calls = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();

    void add(String name, KernelCall call, DeviceWork work) {
      int use = uses.merge(name, 1, Integer::sum);
      String unique = use == 1 ? name : "%s (%d)".formatted(name, use);
      calls.add(new Span(unique, call.cost(), List.of(work)));
    }
  }
}
