package org.stic.bench.peer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.stic.bench.profile.MachineWatch;
import org.stic.bench.result.DeviceIdentity;
import org.stic.bench.result.MachineCondition;
import org.stic.bench.result.ResultFile;
import org.stic.bench.result.Row;
import org.stic.bench.result.RunRecorder;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.SimtControl;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stic bench peers}: ours and other programs in turn. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = {
      "Time this program and others in turn on the same work.",
      "Both results are checked against double precision before anything is timed."
    })
public final class PeersCommand implements Callable<Integer> {
  private static final String HOME = "stic.home";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUBJECT",
      description = "Groups of subjects, or beginnings of their names (default: all).")
  private List<String> words = new ArrayList<>();

  @Option(names = "--list", description = "Name all subjects and end.")
  private boolean list;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description =
          "Which peers: openblas, onednn, libtorch, torch, torch-compile, torch-start, torch-graph,"
              + " jax (default: all that the device and the subject have).")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--python",
      split = ",",
      paramLabel = "PROGRAM",
      description = "Python with PyTorch or JAX; several are several peers (default: python3).")
  private List<String> pythons = List.of("python3");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of both sides (default: the processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "11",
      description = "Timings of each side, at least 5 (default: ${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.1",
      description = "Seconds of one timing (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--rest",
      paramLabel = "S",
      defaultValue = "0.5",
      description =
          "The longest in seconds that threads of the other side, which wait busily for work, are"
              + " waited for (default: ${DEFAULT-VALUE}).")
  private double rest;

  @Option(
      names = "--device",
      paramLabel = "auto|cuda|cpu",
      description = "The device of both sides (default: ${DEFAULT-VALUE}).")
  private String device = System.getProperty("stic.device", "auto");

  @Option(
      names = "--out",
      paramLabel = "F.json",
      description = "Also write a result file; a folder gets it by device, date and commit.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    PrintWriter writer = spec.commandLine().getOut();
    List<Subject> subjects = usable(() -> Subjects.named(words));
    if (list) {
      subjects.forEach(subject -> writer.println(subject.name()));
      return CommandLine.ExitCode.OK;
    }
    List<PeerKind> kinds = usable(this::kinds);
    Pairing pairing = usable(() -> new Pairing(pairs, seconds, rest));
    requireThreads();
    DeviceChoice choice = usable(() -> DeviceChoice.parse(device));
    try (Device opened = Device.open(choice)) {
      run(opened, subjects, kinds, pairing, new PeerTable(writer));
    }
    return CommandLine.ExitCode.OK;
  }

  private List<PeerKind> kinds() {
    return peers.isEmpty()
        ? Arrays.asList(PeerKind.values())
        : peers.stream().map(PeerKind::of).toList();
  }

  private void requireThreads() {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, not " + threads);
    }
  }

  /** Turns a refused value into wrong use. */
  private <T> T usable(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void run(
      Device opened, List<Subject> subjects, List<PeerKind> kinds, Pairing pairing, PeerTable table)
      throws IOException {
    if (!opened.isGpu()) {
      SimtControl.of(opened).setWorkers(threads);
    }
    RunRecorder recorder = RunRecorder.begin("peers", command(), glance(opened));
    List<Row> rows = rows(new Comparison(opened, pairing), subjects, kinds, table);
    ResultFile file = recorder.finish(identity(opened), glance(opened), List.of(), rows);
    if (out != null) {
      file.write(Files.isDirectory(out) ? file.placeIn(out) : out);
    }
  }

  private List<Row> rows(
      Comparison comparison, List<Subject> subjects, List<PeerKind> kinds, PeerTable table) {
    boolean onGpu = comparison.device().isGpu();
    Path scripts = Path.of(System.getProperty(HOME, "."), "bench", "peers");
    List<Row> rows = new ArrayList<>();
    try (Peers started = new Peers(new Peers.Settings(pythons, scripts, threads, onGpu))) {
      for (Subject subject : subjects) {
        List<Comparison.Candidate> candidates =
            kinds.stream()
                .filter(kind -> kind.isAskedFor(subject) && kind.worksOn(onGpu))
                .flatMap(kind -> started.of(kind).stream())
                .toList();
        rows.addAll(comparison.compare(subject, candidates, table::print));
      }
    }
    return rows;
  }

  /** The device, with the threads that were asked for. */
  private DeviceIdentity identity(Device opened) {
    DeviceIdentity found = DeviceIdentity.of(opened);
    return opened.isGpu()
        ? found
        : new DeviceIdentity(
            found.name(), found.kind(), found.driver(), found.processor(), threads);
  }

  private String command() {
    return "stic bench peers "
        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static MachineCondition glance(Device opened) {
    try {
      return MachineWatch.glance(opened);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
