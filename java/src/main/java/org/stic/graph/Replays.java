package org.stic.graph;

import java.util.Arrays;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.ExecGraph;

/**
 * Runs a program's launches, as graphs of the driver where it pays: a graph costs the host one call
 * for all its kernels, and the device no gap between them.
 *
 * <p>A number of runs is recorded when it is asked for the second time: what runs once is not worth
 * a recording, and the first time loads the kernels, which a recording must not do. Long sequences
 * are cut into equal graphs, which bounds the driver's memory. On a device that launches singly
 * nothing is recorded, since a graph does not tell its kernels apart.
 */
final class Replays implements AutoCloseable {
  /** A chain of some hundred steps is one graph; recording it takes a few tens of milliseconds. */
  private static final int MOST_NODES = 8192;

  /** A program that is asked for more different numbers of runs launches the rest of them. */
  static final int MOST_RECORDINGS = 8;

  private final Device device;
  private final DeviceWork[] launches;
  private final int mostRuns;
  private Recording[] recordings = {};

  /** A number of runs that was asked for, and its graph from the second time on. */
  private static final class Recording {
    private final int runs;
    private ExecGraph graph;

    Recording(int runs) {
      this.runs = runs;
    }
  }

  Replays(Device device, DeviceWork[] launches) {
    this(device, launches, MOST_NODES);
  }

  /** Records graphs of at most so many kernels, and of one run at least. */
  Replays(Device device, DeviceWork[] launches, int mostNodes) {
    this.device = device;
    this.launches = launches;
    this.mostRuns = Math.max(1, mostNodes / Math.max(1, launches.length));
  }

  /** Enqueues a number of runs. Allocates nothing once the number is recorded. */
  void run(int times) {
    int parts = Math.ceilDiv(times, mostRuns);
    for (int part = 0; part < parts; part++) {
      runPart(times / parts + (part < times % parts ? 1 : 0));
    }
  }

  private void runPart(int runs) {
    ExecGraph graph = device.launchesSingly() ? null : graph(runs);
    if (graph == null) {
      launch(runs);
    } else {
      graph.launch(device.stream());
    }
  }

  /** Enqueues a number of runs kernel by kernel. */
  void launch(int runs) {
    for (int run = 0; run < runs; run++) {
      for (DeviceWork launch : launches) {
        launch.enqueue(device.stream());
      }
    }
  }

  /** The graph of a number of runs; null if it is asked for the first time, or is one too many. */
  private ExecGraph graph(int runs) {
    for (Recording recording : recordings) {
      if (recording.runs == runs) {
        if (recording.graph == null) {
          recording.graph = ExecGraph.capture(device.stream(), () -> launch(runs));
        }
        return recording.graph;
      }
    }
    if (recordings.length < MOST_RECORDINGS) {
      recordings = Arrays.copyOf(recordings, recordings.length + 1);
      recordings[recordings.length - 1] = new Recording(runs);
    }
    return null;
  }

  /** How many graphs are recorded. */
  int recorded() {
    return (int) Arrays.stream(recordings).filter(recording -> recording.graph != null).count();
  }

  @Override
  public void close() {
    for (Recording recording : recordings) {
      if (recording.graph != null) {
        recording.graph.close();
      }
    }
    recordings = new Recording[0];
  }
}
