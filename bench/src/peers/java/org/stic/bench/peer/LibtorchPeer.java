package org.stic.bench.peer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch in this process, without a Python around it: the recipe's step and its update. */
final class LibtorchPeer implements PeerProgram {
  private final Identity identity;
  private Subject prepared;
  private List<Operand> operands;

  LibtorchPeer(int threads) {
    torch.set_num_threads(threads);
    torch.manual_seed(1);
    String version = torch.class.getPackage().getImplementationVersion();
    identity =
        new Identity(
            "libtorch",
            version == null ? "of the class path" : version,
            Map.of("threads", Integer.toString(threads), "build", "bytedeco"));
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Side prepare(Subject subject, List<Operand> given) throws PeerAbsentException {
    prepared = subject;
    operands = given;
    return new WorkSide(work(subject, tensors(torch.ScalarType.Float)));
  }

  private static LibtorchWork work(Subject subject, Map<String, Tensor> tensors)
      throws PeerAbsentException {
    return switch (subject.kind()) {
      case "grmala-step" -> new LibtorchStep(tensors);
      case "training-step" -> new LibtorchUpdate(tensors);
      default -> throw new PeerAbsentException("no " + subject.kind() + " is written for libtorch");
    };
  }

  private Map<String, Tensor> tensors(torch.ScalarType type) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Operand operand : operands) {
      long[] sizes = Arrays.stream(operand.sizes()).asLongStream().toArray();
      tensors.put(operand.name(), Tensor.create(operand.values(), sizes).toType(type));
    }
    return tensors;
  }

  @Override
  public Optional<double[]> exact() {
    try {
      return Optional.of(values(work(prepared, tensors(torch.ScalarType.Double)).result()));
    } catch (PeerAbsentException e) {
      return Optional.empty();
    }
  }

  private static double[] values(Tensor tensor) {
    Tensor doubles = tensor.detach().toType(torch.ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(doubles.numel())];
    new DoublePointer(doubles.data_ptr()).get(values);
    return values;
  }

  @Override
  public void close() {
    // The library stays loaded; its threads sleep.
  }

  /** Prepared work; its intermediate tensors are freed after every call. */
  private record WorkSide(LibtorchWork work) implements Side {
    @Override
    public double[] result() {
      return values(work.result());
    }

    @Override
    public double seconds(int calls) {
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        try (PointerScope scope = new PointerScope()) {
          work.once();
          scope.deallocate();
        }
      }
      return 1e-9 * (System.nanoTime() - start);
    }

    @Override
    public double processorSeconds() {
      return ThisProcess.processorSeconds();
    }

    @Override
    public void close() {
      // Tensors are freed with the objects that hold them.
    }
  }
}
