package org.stic.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The peers of a run, each started when it is first asked for. */
final class Peers implements AutoCloseable {
  private final Settings settings;
  private final Map<PeerKind, List<Comparison.Candidate>> started = new EnumMap<>(PeerKind.class);

  /**
   * How peers are started.
   *
   * @param pythons programs that may have PyTorch or JAX
   * @param scripts the folder of the peers' scripts
   * @param threads of each peer
   * @param onGpu whether they compute on the GPU
   */
  record Settings(List<String> pythons, Path scripts, int threads, boolean onGpu) {}

  Peers(Settings settings) {
    this.settings = settings;
  }

  /** A kind's peers: one for each Python where it is a script. */
  List<Comparison.Candidate> of(PeerKind kind) {
    return started.computeIfAbsent(kind, this::start);
  }

  private List<Comparison.Candidate> start(PeerKind kind) {
    int threads = settings.threads();
    return switch (kind) {
      case OPENBLAS -> List.of(candidate("OpenBLAS", () -> OpenBlasPeer.load(threads)));
      case ONEDNN -> List.of(candidate("oneDNN", () -> OneDnnPeer.load(threads)));
      case LIBTORCH -> List.of(libtorch(threads));
      case TORCH -> lines("PyTorch", "torch_peer.py", "eager");
      case TORCH_COMPILE -> lines("PyTorch", "torch_peer.py", "compile");
      case TORCH_GRAPH -> lines("PyTorch", "torch_peer.py", "graph");
      case JAX -> lines("JAX", "jax_peer.py", "scan");
      case TORCH_START ->
          scripts(
              "PyTorch start", python -> ScriptPeer.of(script(python, "torch_first_sample.py")));
    };
  }

  private static Comparison.Candidate libtorch(int threads) {
    return ServiceLoader.load(PeerProvider.class)
        .findFirst()
        .map(
            provider ->
                (Comparison.Candidate) new Comparison.Candidate.Present(provider.open(threads)))
        .orElseGet(
            () ->
                new Comparison.Candidate.Missing(
                    "libtorch", "this build has none; build with 'mvn -Ppeers package'"));
  }

  private List<Comparison.Candidate> lines(String program, String script, String mode) {
    return scripts(
        program + " " + mode,
        python -> {
          List<String> command = script(python, script);
          command.addAll(List.of("--threads", Integer.toString(settings.threads())));
          return PythonPeer.start(command, mode);
        });
  }

  private List<String> script(String python, String name) {
    return new ArrayList<>(
        List.of(
            python,
            settings.scripts().resolve(name).toString(),
            "--device",
            settings.onGpu() ? "cuda" : "cpu"));
  }

  /** One candidate for each Python; the name serves where it is absent. */
  private List<Comparison.Candidate> scripts(String name, StartByPython start) {
    List<String> pythons = settings.pythons();
    return pythons.stream()
        .map(
            python ->
                candidate(
                    pythons.size() == 1 ? name : name + " by " + python, () -> start.by(python)))
        .toList();
  }

  /** Starts a peer by a Python. */
  @FunctionalInterface
  private interface StartByPython {
    PeerProgram by(String python) throws PeerAbsentException;
  }

  /** Starts a peer. */
  @FunctionalInterface
  private interface Start {
    PeerProgram peer() throws PeerAbsentException;
  }

  private static Comparison.Candidate candidate(String name, Start start) {
    try {
      return new Comparison.Candidate.Present(start.peer());
    } catch (PeerAbsentException e) {
      return new Comparison.Candidate.Missing(name, e.getMessage());
    }
  }

  @Override
  public void close() {
    for (List<Comparison.Candidate> candidates : started.values()) {
      for (Comparison.Candidate candidate : candidates) {
        if (candidate instanceof Comparison.Candidate.Present(PeerProgram peer)) {
          peer.close();
        }
      }
    }
  }
}
