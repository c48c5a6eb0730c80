package org.stic.bench.peer;

import static org.stic.bench.peer.NativeFunctions.INT;
import static org.stic.bench.peer.NativeFunctions.LONG;
import static org.stic.bench.peer.NativeFunctions.POINTER;
import static org.stic.bench.peer.NativeFunctions.call;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.stic.kernels.ConvolutionShape;

/**
 * The part of oneDNN's C interface that convolutions need. Versions 2 and 3 differ in how
 * descriptors are made, see {@link OneDnnDescriptors}; what works with them is the same.
 */
final class OneDnn {
  private static final List<String> LIBRARIES = List.of("libdnnl.so.3", "libdnnl.so.2");
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int ARGUMENT_BYTES = 16;
  private static final int FROM = 1;
  private static final int TO = 17;

  private final OneDnnDescriptors descriptors;
  private final MethodHandle memoryCreate;
  private final MethodHandle memoryDestroy;
  private final MethodHandle reorder;
  private final MethodHandle primitiveCreate;
  private final MethodHandle primitiveDestroy;
  private final MethodHandle primitiveExecute;
  private final MethodHandle streamWait;
  private final MethodHandle query;
  private final MemorySegment engine;
  private final MemorySegment stream;
  private final String version;

  /** What a convolution computes, with oneDNN's numbers of its arguments. */
  enum Product {
    FORWARD(1, 33, 17),
    BACKWARD_DATA(145, 33, 129),
    BACKWARD_FILTER(145, 1, 161);

    private final int first;
    private final int second;
    private final int result;

    Product(int first, int second, int result) {
      this.first = first;
      this.second = second;
      this.result = result;
    }
  }

  private OneDnn(NativeFunctions library) throws PeerAbsentException {
    memoryCreate = library.function("dnnl_memory_create", INT, POINTER, POINTER, POINTER, POINTER);
    memoryDestroy = library.function("dnnl_memory_destroy", INT, POINTER);
    reorder =
        library.function(
            "dnnl_reorder_primitive_desc_create",
            INT,
            POINTER,
            POINTER,
            POINTER,
            POINTER,
            POINTER,
            POINTER);
    primitiveCreate = library.function("dnnl_primitive_create", INT, POINTER, POINTER);
    primitiveDestroy = library.function("dnnl_primitive_destroy", INT, POINTER);
    primitiveExecute =
        library.function("dnnl_primitive_execute", INT, POINTER, POINTER, INT, POINTER);
    streamWait = library.function("dnnl_stream_wait", INT, POINTER);
    query = library.function("dnnl_primitive_desc_query_md", POINTER, POINTER, INT, INT);
    engine = made(library.function("dnnl_engine_create", INT, POINTER, INT, LONG), CPU, 0L);
    stream =
        made(library.function("dnnl_stream_create", INT, POINTER, POINTER, INT), engine, IN_ORDER);
    MemorySegment numbers =
        ((MemorySegment) call(library.function("dnnl_version", POINTER))).reinterpret(12);
    version =
        "%d.%d.%d"
            .formatted(
                numbers.getAtIndex(INT, 0), numbers.getAtIndex(INT, 1), numbers.getAtIndex(INT, 2));
    descriptors = OneDnnDescriptors.of(library, numbers.getAtIndex(INT, 0), engine);
  }

  /**
   * Loads the library.
   *
   * @throws PeerAbsentException if the system has none
   */
  static OneDnn load() throws PeerAbsentException {
    return new OneDnn(NativeFunctions.load(LIBRARIES));
  }

  String version() {
    return version;
  }

  /** Throws unless the status is 0. */
  static void require(Object status, String what) {
    if ((int) status != 0) {
      throw new PeerFailedException("oneDNN's %s answers status %d".formatted(what, (int) status));
    }
  }

  /** What a function writes through its first argument. */
  static MemorySegment made(MethodHandle function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(POINTER);
      Object[] all = new Object[arguments.length + 1];
      all[0] = target;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      require(call(function, all), function.toString());
      return target.get(POINTER, 0);
    }
  }

  /** A convolution in the formats that oneDNN prefers. */
  Convolution convolution(ConvolutionShape shape, Product product) {
    return new Convolution(shape, product);
  }

  /** A convolution with memory for its operands. */
  final class Convolution implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final Product product;
    private final long[][] sizes;
    private final MemorySegment descriptor;
    private final MemorySegment primitive;
    private final MemorySegment[] memories = new MemorySegment[3];
    private final MemorySegment arguments = arena.allocate(3L * ARGUMENT_BYTES);

    private Convolution(ConvolutionShape shape, Product product) {
      this.product = product;
      descriptor = descriptors.convolution(arena, shape, product);
      primitive = made(primitiveCreate, descriptor);
      int[] roles = {product.first, product.second, product.result};
      sizes = new long[roles.length][];
      for (int index = 0; index < roles.length; index++) {
        sizes[index] = OneDnnDescriptors.sizes(shape, roles[index]);
        memories[index] = memory(format(roles[index]), MemorySegment.ofAddress(-1));
        set(arguments, index, roles[index], memories[index]);
      }
    }

    /** oneDNN's format of an argument; the query's numbers follow those of the argument kinds. */
    private MemorySegment format(int role) {
      int what =
          switch (role) {
            case 1 -> 129;
            case 129 -> 130;
            case 33 -> 131;
            case 161 -> 132;
            case 17 -> 133;
            default -> 134;
          };
      return (MemorySegment) call(query, descriptor, what, 0);
    }

    private MemorySegment memory(MemorySegment format, MemorySegment place) {
      return made(memoryCreate, format, engine, place);
    }

    private void set(MemorySegment list, int index, int role, MemorySegment memory) {
      list.set(INT, (long) index * ARGUMENT_BYTES, role);
      list.set(POINTER, (long) index * ARGUMENT_BYTES + Long.BYTES, memory);
    }

    /** Puts an operand into its format. */
    void place(int input, float[] values) {
      try (Arena scratch = Arena.ofConfined()) {
        MemorySegment plain = scratch.allocateFrom(ValueLayout.JAVA_FLOAT, values);
        MemorySegment packed = descriptors.packed(arena, sizes[input]);
        MemorySegment source = memory(packed, plain);
        convert(
            packed, source, format(input == 0 ? product.first : product.second), memories[input]);
        require(call(memoryDestroy, source), "memory_destroy");
      }
    }

    private void convert(
        MemorySegment fromFormat, MemorySegment from, MemorySegment toFormat, MemorySegment to) {
      MemorySegment how = made(reorder, fromFormat, engine, toFormat, engine, MemorySegment.NULL);
      MemorySegment conversion = made(primitiveCreate, how);
      MemorySegment list = arena.allocate(2L * ARGUMENT_BYTES);
      set(list, 0, FROM, from);
      set(list, 1, TO, to);
      require(call(primitiveExecute, conversion, stream, 2, list), "primitive_execute");
      require(call(streamWait, stream), "stream_wait");
      require(call(primitiveDestroy, conversion), "primitive_destroy");
    }

    MemorySegment arguments() {
      return arguments;
    }

    /** Computes once and waits. */
    void execute(MemorySegment list) {
      try {
        int status = (int) primitiveExecute.invokeExact(primitive, stream, 3, list);
        int waited = (int) streamWait.invokeExact(stream);
        require(status | waited, "primitive_execute");
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    /** The result in row-major order. */
    double[] result() {
      try (Arena scratch = Arena.ofConfined()) {
        long elements = 1;
        for (long size : sizes[2]) {
          elements *= size;
        }
        MemorySegment plain = scratch.allocate(ValueLayout.JAVA_FLOAT, elements);
        MemorySegment packed = descriptors.packed(arena, sizes[2]);
        MemorySegment target = memory(packed, plain);
        convert(format(product.result), memories[2], packed, target);
        require(call(memoryDestroy, target), "memory_destroy");
        double[] values = new double[(int) elements];
        for (int index = 0; index < values.length; index++) {
          values[index] = plain.getAtIndex(ValueLayout.JAVA_FLOAT, index);
        }
        return values;
      }
    }

    @Override
    public void close() {
      for (MemorySegment memory : memories) {
        require(call(memoryDestroy, memory), "memory_destroy");
      }
      require(call(primitiveDestroy, primitive), "primitive_destroy");
      arena.close();
    }
  }
}
