package org.stic.bench.result;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.Event;
import org.stic.cuda.Stream;
import org.stic.kernels.Affine;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/**
 * Measures what a device can do at most, by its own events, right before or after the rows that
 * this limits: a copy between buffers far larger than any cache, and a product of large matrices.
 * Both work on random numbers, because zeros cost less power and run faster than any real data.
 *
 * <p>What reaches a ceiling is tried, not assumed: copies by the driver and by a kernel; products
 * by the kernel that the device's provider chooses, which is cuBLAS where that is asked for.
 */
public final class Ceilings {
  /** No more than this share of the device's memory for each buffer. */
  private static final int MEMORY_SHARE = 16;

  private static final long MOST_COPY_BYTES = 1L << 30;
  private static final long PROCESSOR_COPY_BYTES = 128L << 20;
  private static final int GPU_MATRIX = 8192;
  private static final int PROCESSOR_MATRIX = 1536;
  private static final int SAMPLES = 7;
  private static final double MILLISECONDS = 1e-3;
  private static final double GIGA = 1e9;

  private final Device device;
  private final int matrixSize;
  private final long copyBytes;

  private Ceilings(Device device, int matrixSize, long copyBytes) {
    this.device = device;
    this.matrixSize = matrixSize;
    this.copyBytes = copyBytes;
  }

  /** All ceilings of a device; takes about three seconds. */
  public static List<Ceiling> measure(Device device) {
    long most = device.isGpu() ? MOST_COPY_BYTES : PROCESSOR_COPY_BYTES;
    long share = device.properties().memoryBytes() / MEMORY_SHARE / Long.BYTES * Long.BYTES;
    int size = device.isGpu() ? GPU_MATRIX : PROCESSOR_MATRIX;
    return new Ceilings(device, size, Math.min(most, share)).all();
  }

  /** The same with small sizes, which says nothing about the device. */
  static List<Ceiling> measure(Device device, int matrixSize, long copyBytes) {
    return new Ceilings(device, matrixSize, copyBytes).all();
  }

  private List<Ceiling> all() {
    List<Ceiling> ceilings = new ArrayList<>(copies());
    ceilings.add(product());
    return List.copyOf(ceilings);
  }

  private List<Ceiling> copies() {
    try (DeviceMemory source = normals(copyBytes / Float.BYTES);
        DeviceMemory target = device.allocate(copyBytes)) {
      long elements = copyBytes / Float.BYTES;
      DeviceWork kernel =
          Affine.apply(target.address(), source.address(), elements, 1, 0).prepare(device);
      return List.of(
          copy("cuMemcpyDtoD", stream -> stream.copy(target, 0, source, 0, copyBytes)),
          copy("affine", kernel));
    }
  }

  /** Each byte is read once and written once. */
  private Ceiling copy(String by, DeviceWork work) {
    return new Ceiling(Ceiling.Kind.COPY, "", by, rates(work, 2.0 * copyBytes));
  }

  private Ceiling product() {
    long elements = (long) matrixSize * matrixSize;
    MatrixShape shape =
        new MatrixShape(1, matrixSize, matrixSize, matrixSize, false, false, false, false);
    try (DeviceMemory a = normals(elements);
        DeviceMemory b = normals(elements);
        DeviceMemory c = device.allocate(Float.BYTES * elements)) {
      var call = MatrixProduct.product(c.address(), a.address(), b.address(), shape, 1);
      String by = device.vendor().orElse(call.kernel());
      List<Double> rates = rates(call.prepare(device), (double) call.cost().flops());
      return new Ceiling(Ceiling.Kind.MATRIX, "float32", by, rates);
    }
  }

  /** Amounts of 10^9 a second, of which the first, cold one is left out. */
  private List<Double> rates(DeviceWork work, double amount) {
    Stream stream = device.stream();
    Double[] rates = new Double[SAMPLES];
    try (Event start = Event.create(device);
        Event end = Event.create(device)) {
      work.enqueue(stream);
      for (int sample = 0; sample < SAMPLES; sample++) {
        start.record(stream);
        work.enqueue(stream);
        end.record(stream);
        end.synchronize();
        rates[sample] = amount / (Event.elapsedMillis(start, end) * MILLISECONDS) / GIGA;
      }
    }
    return Arrays.asList(rates);
  }

  /** A block of standard normal numbers, repeated. */
  private DeviceMemory normals(long count) {
    float[] block = new float[(int) Math.min(count, 1 << 20)];
    Random random = new Random(1);
    for (int element = 0; element < block.length; element++) {
      block[element] = (float) random.nextGaussian();
    }
    DeviceMemory memory = device.allocate(Float.BYTES * count);
    MemorySegment segment = MemorySegment.ofArray(block);
    for (long first = 0; first < count; first += block.length) {
      long part = Math.min(block.length, count - first);
      memory.upload(segment.asSlice(0, Float.BYTES * part), Float.BYTES * first);
    }
    return memory;
  }
}
