package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.VendorTask.ConvolutionBackwardData;
import org.stic.cuda.VendorTask.ConvolutionBackwardFilter;
import org.stic.cuda.VendorTask.ConvolutionForward;
import org.stic.cuda.VendorTask.Included;
import org.stic.cuda.VendorTask.Product;
import org.stic.cuda.VendorTask.Sizes;

/**
 * Stands in for cuBLAS and cuDNN on the CPU driver, whose device memory is the host's: does what
 * their documentation says, by plain loops. Products go through the same exchange of operands as on
 * a GPU, to a product that is column-major like cuBLAS's.
 */
public final class PlainLibrary implements VendorLibrary {
  private final List<VendorTask> done = new ArrayList<>();

  /** Lets a device compute its dense products and convolutions by a new one of these. */
  public static PlainLibrary on(Device device) {
    PlainLibrary library = new PlainLibrary();
    device.useVendor(library);
    return library;
  }

  /** The tasks that were enqueued. */
  public List<VendorTask> done() {
    return done;
  }

  @Override
  public DeviceWork prepare(VendorTask task) {
    DeviceWork work =
        switch (task) {
          case Product product -> new ColumnMajor().product(product);
          case ConvolutionForward forward -> _ -> forward(forward);
          case ConvolutionBackwardData data -> _ -> backwardData(data);
          case ConvolutionBackwardFilter filter -> _ -> backwardFilter(filter);
          case Included _ -> _ -> {};
        };
    return stream -> {
      stream.synchronize();
      work.enqueue(stream);
      done.add(task);
    };
  }

  @Override
  public String description() {
    return "plain loops";
  }

  @Override
  public void close() {}

  /** A packed tensor in device memory. */
  private static final class Tensor {
    private final MemorySegment memory;
    private final int[] sizes;

    Tensor(long address, int... sizes) {
      long elements = 1;
      for (int size : sizes) {
        elements *= size;
      }
      this.memory = MemorySegment.ofAddress(address).reinterpret(elements * Float.BYTES);
      this.sizes = sizes;
    }

    int elements() {
      return Math.toIntExact(memory.byteSize() / Float.BYTES);
    }

    int index(int... places) {
      int index = 0;
      for (int axis = 0; axis < places.length; axis++) {
        index = index * sizes[axis] + places[axis];
      }
      return index;
    }

    float get(int... places) {
      return memory.getAtIndex(JAVA_FLOAT, index(places));
    }

    void store(int index, double value) {
      memory.setAtIndex(JAVA_FLOAT, index, (float) value);
    }
  }

  private static Tensor input(long address, Sizes s) {
    return new Tensor(address, s.images(), s.channels(), s.height(), s.width());
  }

  private static Tensor output(long address, Sizes s) {
    return new Tensor(address, s.images(), s.filters(), s.outputHeight(), s.outputWidth());
  }

  private static Tensor filter(long address, Sizes s) {
    return new Tensor(address, s.filters(), s.channels(), s.filterHeight(), s.filterWidth());
  }

  /** One term of a convolution: an output element, an input element and the weight between them. */
  private interface Term {
    void visit(int n, int k, int p, int q, int c, int h, int w, int r, int s);
  }

  private static void visit(Sizes z, Term term) {
    for (int n = 0; n < z.images(); n++) {
      for (int k = 0; k < z.filters(); k++) {
        for (int p = 0; p < z.outputHeight(); p++) {
          for (int q = 0; q < z.outputWidth(); q++) {
            for (int c = 0; c < z.channels(); c++) {
              for (int r = 0; r < z.filterHeight(); r++) {
                for (int s = 0; s < z.filterWidth(); s++) {
                  int h = p * z.stride() + r - z.padding();
                  int w = q * z.stride() + s - z.padding();
                  if (h >= 0 && h < z.height() && w >= 0 && w < z.width()) {
                    term.visit(n, k, p, q, c, h, w, r, s);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static void forward(ConvolutionForward task) {
    Sizes z = task.sizes();
    Tensor x = input(task.input(), z);
    Tensor f = filter(task.filter(), z);
    Tensor y = output(task.output(), z);
    double[] sums = new double[y.elements()];
    visit(
        z,
        (n, k, p, q, c, h, w, r, s) ->
            sums[y.index(n, k, p, q)] += (double) x.get(n, c, h, w) * f.get(k, c, r, s));
    for (int i = 0; i < sums.length; i++) {
      int k = i / (z.outputHeight() * z.outputWidth()) % z.filters();
      double value = sums[i];
      value += task.bias() == 0 ? 0 : new Tensor(task.bias(), z.filters()).get(k);
      value += task.addend() == 0 ? 0 : new Tensor(task.addend(), sums.length).get(i);
      y.store(i, Math.max(value, task.slope() * value));
    }
  }

  private static void backwardData(ConvolutionBackwardData task) {
    Sizes z = task.sizes();
    Tensor dx = input(task.inputGradient(), z);
    Tensor f = filter(task.filter(), z);
    Tensor dy = output(task.outputGradient(), z);
    double[] sums = new double[dx.elements()];
    visit(
        z,
        (n, k, p, q, c, h, w, r, s) ->
            sums[dx.index(n, c, h, w)] += (double) dy.get(n, k, p, q) * f.get(k, c, r, s));
    store(sums, dx);
  }

  private static void backwardFilter(ConvolutionBackwardFilter task) {
    Sizes z = task.sizes();
    Tensor x = input(task.input(), z);
    Tensor df = filter(task.filterGradient(), z);
    Tensor dy = output(task.outputGradient(), z);
    double[] sums = new double[df.elements()];
    visit(
        z,
        (n, k, p, q, c, h, w, r, s) ->
            sums[df.index(k, c, r, s)] += (double) dy.get(n, k, p, q) * x.get(n, c, h, w));
    store(sums, df);
  }

  private static void store(double[] sums, Tensor target) {
    for (int i = 0; i < sums.length; i++) {
      target.store(i, sums[i]);
    }
  }

  /** cuBLAS's product as its documentation defines it, and its checks of the leading dimensions. */
  private static final class ColumnMajor implements Cublas {
    @Override
    public void gemm(
        Stream stream,
        boolean transposeA,
        boolean transposeB,
        int m,
        int n,
        int k,
        float alpha,
        long a,
        int lda,
        long strideA,
        long b,
        int ldb,
        long strideB,
        long c,
        int ldc,
        long strideC,
        int batch) {
      if (lda < (transposeA ? k : m) || ldb < (transposeB ? n : k) || ldc < m) {
        throw new IllegalArgumentException("a leading dimension is too small");
      }
      for (int i = 0; i < batch; i++) {
        MemorySegment matrixA = matrix(a + i * strideA * Float.BYTES, lda, transposeA ? m : k);
        MemorySegment matrixB = matrix(b + i * strideB * Float.BYTES, ldb, transposeB ? k : n);
        MemorySegment matrixC = matrix(c + i * strideC * Float.BYTES, ldc, n);
        for (int row = 0; row < m; row++) {
          for (int column = 0; column < n; column++) {
            double sum = 0;
            for (int inner = 0; inner < k; inner++) {
              sum +=
                  (double) at(matrixA, lda, transposeA, row, inner)
                      * at(matrixB, ldb, transposeB, inner, column);
            }
            matrixC.setAtIndex(JAVA_FLOAT, row + (long) column * ldc, (float) (alpha * sum));
          }
        }
      }
    }

    private static MemorySegment matrix(long address, int leading, int columns) {
      return MemorySegment.ofAddress(address).reinterpret((long) leading * columns * Float.BYTES);
    }

    private static float at(MemorySegment matrix, int leading, boolean transposed, int i, int j) {
      long index = transposed ? j + (long) i * leading : i + (long) j * leading;
      return matrix.getAtIndex(JAVA_FLOAT, index);
    }

    @Override
    public int version() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
