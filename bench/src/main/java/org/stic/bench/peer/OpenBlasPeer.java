package org.stic.bench.peer;

import static org.stic.bench.peer.NativeFunctions.FLOAT;
import static org.stic.bench.peer.NativeFunctions.INT;
import static org.stic.bench.peer.NativeFunctions.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/**
 * OpenBLAS, the system's: {@code sgemm} for products; for Gram matrices {@code ssyrk}, item by
 * item, which computes one half and leaves the other, so that the peer does less than ours.
 */
final class OpenBlasPeer implements PeerProgram {
  private static final List<String> LIBRARIES = List.of("libopenblas.so.0", "libopenblas.so");
  private static final int ROW_MAJOR = 101;
  private static final int NOT_TRANSPOSED = 111;
  private static final int LOWER = 122;
  private static final long TEXT_BYTES = 256;

  private final MethodHandle product;
  private final MethodHandle gram;
  private final Identity identity;

  private OpenBlasPeer(NativeFunctions library, int threads) {
    product =
        library.procedure(
            "cblas_sgemm",
            INT,
            INT,
            INT,
            INT,
            INT,
            INT,
            FLOAT,
            POINTER,
            INT,
            POINTER,
            INT,
            FLOAT,
            POINTER,
            INT);
    gram =
        library.procedure(
            "cblas_ssyrk", INT, INT, INT, INT, INT, FLOAT, POINTER, INT, FLOAT, POINTER, INT);
    NativeFunctions.call(library.procedure("openblas_set_num_threads", INT), threads);
    MemorySegment text =
        (MemorySegment) NativeFunctions.call(library.function("openblas_get_config", POINTER));
    String build = text.reinterpret(TEXT_BYTES).getString(0);
    String version = build.replaceFirst("OpenBLAS (\\S+).*", "$1");
    identity =
        new Identity(
            "OpenBLAS",
            version,
            Map.of("threads", Integer.toString(threads), "build", build.strip()));
  }

  /**
   * Loads the library.
   *
   * @throws PeerAbsentException if the system has none
   */
  static OpenBlasPeer load(int threads) throws PeerAbsentException {
    return new OpenBlasPeer(NativeFunctions.load(LIBRARIES), threads);
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Side prepare(Subject subject, List<Operand> operands) throws PeerAbsentException {
    int[] sizes = operands.getFirst().sizes();
    return switch (subject.kind()) {
      case "matrix-product" -> new ProductSide(sizes[0], operands);
      case "gram-value" -> new GramSide(sizes, operands.getFirst());
      default -> throw new PeerAbsentException("OpenBLAS has no " + subject.kind());
    };
  }

  @Override
  public void close() {
    // The library stays loaded; its threads sleep.
  }

  /** Native memory with a result. */
  private abstract static class MemorySide implements Side {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment result;

    MemorySide(int resultElements) {
      result = arena.allocate(ValueLayout.JAVA_FLOAT, resultElements);
    }

    MemorySegment place(Operand operand) {
      return arena.allocateFrom(ValueLayout.JAVA_FLOAT, operand.values());
    }

    MemorySegment target() {
      return result;
    }

    abstract void once() throws Throwable;

    @Override
    public double[] result() {
      seconds(1);
      double[] values = new double[(int) (result.byteSize() / Float.BYTES)];
      for (int index = 0; index < values.length; index++) {
        values[index] = result.getAtIndex(ValueLayout.JAVA_FLOAT, index);
      }
      return values;
    }

    @Override
    public double seconds(int calls) {
      try {
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
          once();
        }
        return 1e-9 * (System.nanoTime() - start);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public double processorSeconds() {
      return ThisProcess.processorSeconds();
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private final class ProductSide extends MemorySide {
    private final int size;
    private final MemorySegment a;
    private final MemorySegment b;

    ProductSide(int size, List<Operand> operands) {
      super(size * size);
      this.size = size;
      a = place(operands.get(0));
      b = place(operands.get(1));
    }

    @Override
    void once() throws Throwable {
      product.invokeExact(
          ROW_MAJOR,
          NOT_TRANSPOSED,
          NOT_TRANSPOSED,
          size,
          size,
          size,
          1f,
          a,
          size,
          b,
          size,
          0f,
          target(),
          size);
    }
  }

  private final class GramSide extends MemorySide {
    private final int channels;
    private final int positions;
    private final MemorySegment[] maps;
    private final MemorySegment[] grams;

    GramSide(int[] sizes, Operand features) {
      super(sizes[0] * sizes[1] * sizes[1]);
      channels = sizes[1];
      positions = sizes[2];
      maps = parts(place(features), sizes[0]);
      grams = parts(target(), sizes[0]);
    }

    private static MemorySegment[] parts(MemorySegment whole, int count) {
      long bytes = whole.byteSize() / count;
      MemorySegment[] parts = new MemorySegment[count];
      java.util.Arrays.setAll(parts, item -> whole.asSlice(item * bytes, bytes));
      return parts;
    }

    @Override
    void once() throws Throwable {
      for (int item = 0; item < maps.length; item++) {
        gram.invokeExact(
            ROW_MAJOR,
            LOWER,
            NOT_TRANSPOSED,
            channels,
            positions,
            1f / positions,
            maps[item],
            positions,
            0f,
            grams[item],
            channels);
      }
    }

    /** The other half is mirrored for the check; nobody timed that. */
    @Override
    public double[] result() {
      double[] values = super.result();
      int square = channels * channels;
      for (int index = 0; index < values.length; index++) {
        int row = index % square / channels;
        int column = index % channels;
        if (column > row) {
          values[index] = values[index - index % square + column * channels + row];
        }
      }
      return values;
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("routine", "ssyrk, one half only");
    }
  }
}
