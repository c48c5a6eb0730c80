package org.stic.bench.peer;

import static org.stic.bench.peer.NativeFunctions.INT;
import static org.stic.bench.peer.NativeFunctions.LONG;
import static org.stic.bench.peer.NativeFunctions.POINTER;
import static org.stic.bench.peer.NativeFunctions.call;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.stic.kernels.ConvolutionShape;

/**
 * Makes oneDNN's descriptors. In version 2 they are structures that the caller holds, of 696 bytes
 * (memory) and 5,976 bytes (convolution); in version 3 they are handles.
 */
abstract sealed class OneDnnDescriptors {
  private static final int FLOATS = 3;
  private static final int AXES = 4;
  private static final int MOST_AXES = 12;
  private static final int ANY = 1;
  private static final int FORWARD_TRAINING = 64;
  private static final int DIRECT = 1;

  /** The descriptors of a version. */
  static OneDnnDescriptors of(NativeFunctions library, int version, MemorySegment engine)
      throws PeerAbsentException {
    return switch (version) {
      case 2 -> new Structures(library, engine);
      case 3 -> new Handles(library, engine);
      default -> throw new PeerAbsentException("oneDNN " + version + " is not known, 2 and 3 are");
    };
  }

  /** A memory descriptor of a packed array in row-major order. */
  abstract MemorySegment packed(Arena arena, long[] sizes);

  /** A memory descriptor whose format oneDNN chooses. */
  abstract MemorySegment any(Arena arena, long[] sizes);

  /** The forward convolution of three memory descriptors: x, w, y. */
  abstract MemorySegment forward(Arena arena, MemorySegment[] memory, MemorySegment[] geometry);

  /** The backward convolution by data of dx, w, dy. */
  abstract MemorySegment backwardData(
      Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward);

  /** The backward convolution by weights of x, dw, dy. */
  abstract MemorySegment backwardFilter(
      Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward);

  /** The primitive descriptor of a product. */
  final MemorySegment convolution(Arena arena, ConvolutionShape shape, OneDnn.Product product) {
    MemorySegment[] memory = {
      any(arena, sizes(shape, 1)), any(arena, sizes(shape, 33)), any(arena, sizes(shape, 17))
    };
    MemorySegment[] geometry = {
      list(arena, shape.stride(), shape.stride()),
      list(arena, 0, 0),
      list(arena, shape.padding(), shape.padding())
    };
    MemorySegment forward = forward(arena, memory, geometry);
    return switch (product) {
      case FORWARD -> forward;
      case BACKWARD_DATA -> backwardData(arena, memory, geometry, forward);
      case BACKWARD_FILTER -> backwardFilter(arena, memory, geometry, forward);
    };
  }

  /** The sizes of an argument by oneDNN's number for it. */
  static long[] sizes(ConvolutionShape shape, int role) {
    return switch (role) {
      case 1, 129 -> new long[] {shape.images(), shape.channels(), shape.height(), shape.width()};
      case 33, 161 ->
          new long[] {shape.filters(), shape.channels(), shape.filterHeight(), shape.filterWidth()};
      default ->
          new long[] {shape.images(), shape.filters(), shape.outputHeight(), shape.outputWidth()};
    };
  }

  static MemorySegment list(Arena arena, long... values) {
    MemorySegment list = arena.allocate(LONG, MOST_AXES);
    MemorySegment.copy(values, 0, list, LONG, 0, values.length);
    return list;
  }

  static MemorySegment strides(Arena arena, long[] sizes) {
    long[] strides = new long[AXES];
    long stride = 1;
    for (int axis = AXES - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
    return list(arena, strides);
  }

  /** Version 2. */
  private static final class Structures extends OneDnnDescriptors {
    private static final long MEMORY_BYTES = 696;
    private static final long CONVOLUTION_BYTES = 5976;

    private final MethodHandle byTag;
    private final MethodHandle byStrides;
    private final MethodHandle forwardInit;
    private final MethodHandle dataInit;
    private final MethodHandle weightsInit;
    private final MethodHandle create;
    private final MemorySegment engine;

    Structures(NativeFunctions library, MemorySegment engine) {
      this.engine = engine;
      byTag =
          library.function("dnnl_memory_desc_init_by_tag", INT, POINTER, INT, POINTER, INT, INT);
      byStrides =
          library.function(
              "dnnl_memory_desc_init_by_strides", INT, POINTER, INT, POINTER, INT, POINTER);
      forwardInit =
          library.function(
              "dnnl_convolution_forward_desc_init",
              INT,
              POINTER,
              INT,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
      dataInit =
          library.function(
              "dnnl_convolution_backward_data_desc_init",
              INT,
              POINTER,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
      weightsInit =
          library.function(
              "dnnl_convolution_backward_weights_desc_init",
              INT,
              POINTER,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
      create =
          library.function(
              "dnnl_primitive_desc_create", INT, POINTER, POINTER, POINTER, POINTER, POINTER);
    }

    @Override
    MemorySegment packed(Arena arena, long[] sizes) {
      MemorySegment memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
      Object status =
          call(byStrides, memory, AXES, list(arena, sizes), FLOATS, strides(arena, sizes));
      OneDnn.require(status, "memory_desc_init_by_strides");
      return memory;
    }

    @Override
    MemorySegment any(Arena arena, long[] sizes) {
      MemorySegment memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
      OneDnn.require(
          call(byTag, memory, AXES, list(arena, sizes), FLOATS, ANY), "memory_desc_init_by_tag");
      return memory;
    }

    @Override
    MemorySegment forward(Arena arena, MemorySegment[] memory, MemorySegment[] geometry) {
      MemorySegment operation = arena.allocate(CONVOLUTION_BYTES, Long.BYTES);
      Object status =
          call(
              forwardInit,
              operation,
              FORWARD_TRAINING,
              DIRECT,
              memory[0],
              memory[1],
              MemorySegment.NULL,
              memory[2],
              geometry[0],
              geometry[2],
              geometry[2]);
      OneDnn.require(status, "convolution_forward_desc_init");
      return OneDnn.made(create, operation, MemorySegment.NULL, engine, MemorySegment.NULL);
    }

    @Override
    MemorySegment backwardData(
        Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward) {
      MemorySegment operation = arena.allocate(CONVOLUTION_BYTES, Long.BYTES);
      Object status =
          call(
              dataInit,
              operation,
              DIRECT,
              memory[0],
              memory[1],
              memory[2],
              geometry[0],
              geometry[2],
              geometry[2]);
      OneDnn.require(status, "convolution_backward_data_desc_init");
      return OneDnn.made(create, operation, MemorySegment.NULL, engine, forward);
    }

    @Override
    MemorySegment backwardFilter(
        Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward) {
      MemorySegment operation = arena.allocate(CONVOLUTION_BYTES, Long.BYTES);
      Object status =
          call(
              weightsInit,
              operation,
              DIRECT,
              memory[0],
              memory[1],
              MemorySegment.NULL,
              memory[2],
              geometry[0],
              geometry[2],
              geometry[2]);
      OneDnn.require(status, "convolution_backward_weights_desc_init");
      return OneDnn.made(create, operation, MemorySegment.NULL, engine, forward);
    }
  }

  /** Version 3. */
  private static final class Handles extends OneDnnDescriptors {
    private final MethodHandle byTag;
    private final MethodHandle byStrides;
    private final MethodHandle forwardCreate;
    private final MethodHandle dataCreate;
    private final MethodHandle weightsCreate;
    private final MemorySegment engine;

    Handles(NativeFunctions library, MemorySegment engine) {
      this.engine = engine;
      byTag =
          library.function(
              "dnnl_memory_desc_create_with_tag", INT, POINTER, INT, POINTER, INT, INT);
      byStrides =
          library.function(
              "dnnl_memory_desc_create_with_strides", INT, POINTER, INT, POINTER, INT, POINTER);
      forwardCreate =
          library.function(
              "dnnl_convolution_forward_primitive_desc_create",
              INT,
              POINTER,
              POINTER,
              INT,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
      dataCreate =
          library.function(
              "dnnl_convolution_backward_data_primitive_desc_create",
              INT,
              POINTER,
              POINTER,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
      weightsCreate =
          library.function(
              "dnnl_convolution_backward_weights_primitive_desc_create",
              INT,
              POINTER,
              POINTER,
              INT,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER,
              POINTER);
    }

    @Override
    MemorySegment packed(Arena arena, long[] sizes) {
      return OneDnn.made(byStrides, AXES, list(arena, sizes), FLOATS, strides(arena, sizes));
    }

    @Override
    MemorySegment any(Arena arena, long[] sizes) {
      return OneDnn.made(byTag, AXES, list(arena, sizes), FLOATS, ANY);
    }

    @Override
    MemorySegment forward(Arena arena, MemorySegment[] memory, MemorySegment[] geometry) {
      return OneDnn.made(
          forwardCreate,
          engine,
          FORWARD_TRAINING,
          DIRECT,
          memory[0],
          memory[1],
          MemorySegment.NULL,
          memory[2],
          geometry[0],
          geometry[1],
          geometry[2],
          geometry[2],
          MemorySegment.NULL);
    }

    @Override
    MemorySegment backwardData(
        Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward) {
      return OneDnn.made(
          dataCreate,
          engine,
          DIRECT,
          memory[0],
          memory[1],
          memory[2],
          geometry[0],
          geometry[1],
          geometry[2],
          geometry[2],
          forward,
          MemorySegment.NULL);
    }

    @Override
    MemorySegment backwardFilter(
        Arena arena, MemorySegment[] memory, MemorySegment[] geometry, MemorySegment forward) {
      return OneDnn.made(
          weightsCreate,
          engine,
          DIRECT,
          memory[0],
          memory[1],
          MemorySegment.NULL,
          memory[2],
          geometry[0],
          geometry[1],
          geometry[2],
          geometry[2],
          forward,
          MemorySegment.NULL);
    }
  }
}
