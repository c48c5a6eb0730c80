package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.Event;
import org.stic.cuda.ExecGraph;
import org.stic.cuda.Stream;

/**
 * Spans of work, each between two events, as one graph of the driver: the device goes through
 * events and kernels without waiting for the host, so that what enqueuing costs is in no time that
 * is read.
 */
final class Timeline implements AutoCloseable {
  private static final double SECONDS_PER_MILLISECOND = 1e-3;

  private final Stream stream;
  private final int repeats;
  private final List<Event> events = new ArrayList<>();
  private final ExecGraph graph;

  private Timeline(Device device, List<Span> spans, List<DeviceWork> between, int repeats) {
    this.stream = device.stream();
    this.repeats = repeats;
    // Loads the kernels, which a capture must not do.
    between.forEach(work -> work.enqueue(stream));
    spans.forEach(this::enqueue);
    device.synchronize();
    for (int i = 0; i < 2 * spans.size(); i++) {
      events.add(Event.create(device));
    }
    this.graph = ExecGraph.capture(stream, () -> record(spans, between));
  }

  /** The work of each span is done once, after the cache was flushed. */
  static Timeline cold(Device device, List<Span> spans, CacheFlush flush) {
    return new Timeline(device, spans, List.of(flush.work()), 1);
  }

  /** The spans follow each other, and the work of each is done so many times, back to back. */
  static Timeline hot(Device device, List<Span> spans, int repeats) {
    return new Timeline(device, spans, List.of(), repeats);
  }

  private void record(List<Span> spans, List<DeviceWork> between) {
    for (int i = 0; i < spans.size(); i++) {
      between.forEach(work -> work.enqueue(stream));
      events.get(2 * i).recordInGraph(stream);
      for (int repeat = 0; repeat < repeats; repeat++) {
        enqueue(spans.get(i));
      }
      events.get(2 * i + 1).recordInGraph(stream);
    }
  }

  private void enqueue(Span span) {
    span.work().forEach(work -> work.enqueue(stream));
  }

  /** Goes through all once, and returns the seconds of each span for its work done once. */
  double[] run() {
    graph.launch(stream);
    stream.synchronize();
    double[] seconds = new double[events.size() / 2];
    for (int i = 0; i < seconds.length; i++) {
      double milliseconds = Event.elapsedMillis(events.get(2 * i), events.get(2 * i + 1));
      seconds[i] = SECONDS_PER_MILLISECOND * milliseconds / repeats;
    }
    return seconds;
  }

  @Override
  public void close() {
    graph.close();
    events.forEach(Event::close);
  }
}
