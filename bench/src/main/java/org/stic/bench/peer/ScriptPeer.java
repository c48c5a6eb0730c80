package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A peer whose every call is a run of a script, for subjects that end with the process. */
final class ScriptPeer implements PeerProgram {
  private static final String VERSION = "import torch; print(torch.__version__)";

  private final Identity identity;
  private final List<String> command;

  private ScriptPeer(Identity identity, List<String> command) {
    this.identity = identity;
    this.command = command;
  }

  /**
   * A script of PyTorch's.
   *
   * @param command a Python, the script and its arguments
   * @throws PeerAbsentException if that Python has no PyTorch
   */
  static ScriptPeer of(List<String> command) throws PeerAbsentException {
    try {
      String version = ProcessSide.run(List.of(command.getFirst(), "-c", VERSION));
      Identity identity =
          new Identity(PythonPeer.named("PyTorch", version, "eager"), version, Map.of());
      return new ScriptPeer(identity, new ArrayList<>(command));
    } catch (PeerFailedException | java.io.UncheckedIOException e) {
      throw new PeerAbsentException(command.getFirst() + " has no PyTorch");
    }
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Side prepare(Subject subject, List<Operand> operands) {
    return new ProcessSide(command, List.of());
  }

  @Override
  public void close() {
    // Every process has ended.
  }
}
