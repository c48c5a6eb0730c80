package org.stic.bench.peer;

import static org.stic.bench.peer.NativeFunctions.INT;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.stic.kernels.ConvolutionShape;

/**
 * oneDNN, the system's: the three products of convolutions in the formats that it chooses itself;
 * operands are put into them before anything is timed. Direct convolution, as ours is.
 */
final class OneDnnPeer implements PeerProgram {
  private final OneDnn library;
  private final Identity identity;

  private OneDnnPeer(OneDnn library, int threads) {
    this.library = library;
    identity =
        new Identity(
            "oneDNN",
            library.version(),
            Map.of(
                "threads", Integer.toString(threads), "formats", "its own", "algorithm", "direct"));
  }

  /**
   * Loads the library.
   *
   * @throws PeerAbsentException if the system has none of a version that is known
   */
  static OneDnnPeer load(int threads) throws PeerAbsentException {
    NativeFunctions openMp = NativeFunctions.load(List.of("libgomp.so.1", "libomp.so.5"));
    NativeFunctions.call(openMp.procedure("omp_set_num_threads", INT), threads);
    return new OneDnnPeer(OneDnn.load(), threads);
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Side prepare(Subject subject, List<Operand> operands) throws PeerAbsentException {
    String sizes = subject.name().substring(subject.name().indexOf(':') + 1);
    return switch (subject.kind()) {
      case "convolution-forward" -> side(sizes, OneDnn.Product.FORWARD, operands);
      case "convolution-backward-data" -> side(sizes, OneDnn.Product.BACKWARD_DATA, operands);
      case "convolution-backward-filter" -> side(sizes, OneDnn.Product.BACKWARD_FILTER, operands);
      default -> throw new PeerAbsentException("oneDNN is asked for convolutions only");
    };
  }

  private Side side(String sizes, OneDnn.Product product, List<Operand> operands) {
    ConvolutionShape shape = ConvolutionSubjects.shape(sizes);
    return new ConvolutionSide(library.convolution(shape, product), product, operands);
  }

  @Override
  public void close() {
    // The library stays loaded; its threads sleep.
  }

  /** A prepared convolution. */
  private static final class ConvolutionSide implements Side {
    private final OneDnn.Convolution convolution;

    ConvolutionSide(
        OneDnn.Convolution convolution, OneDnn.Product product, List<Operand> operands) {
      this.convolution = convolution;
      int[] used =
          switch (product) {
            case FORWARD -> new int[] {0, 1};
            case BACKWARD_DATA -> new int[] {2, 1};
            case BACKWARD_FILTER -> new int[] {2, 0};
          };
      for (int index = 0; index < used.length; index++) {
        convolution.place(index, operands.get(used[index]).values());
      }
    }

    @Override
    public double[] result() {
      seconds(1);
      return convolution.result();
    }

    @Override
    public double seconds(int calls) {
      MemorySegment arguments = convolution.arguments();
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        convolution.execute(arguments);
      }
      return 1e-9 * (System.nanoTime() - start);
    }

    @Override
    public double processorSeconds() {
      return ThisProcess.processorSeconds();
    }

    @Override
    public void close() {
      convolution.close();
    }
  }
}
