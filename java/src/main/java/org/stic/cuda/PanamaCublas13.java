package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** cuBLAS of CUDA 13, which JCublas cannot be bound to. */
final class PanamaCublas13 implements Cublas {
  static final String LIBRARY = "libcublas.so.13";

  private static final int PEDANTIC_MATH = 2;
  private static final int POINTER_MODE_HOST = 0;

  private final Arena arena = Arena.ofShared();
  private final SymbolLookup symbols;
  private final DeviceMemory workspace;
  private final MethodHandle gemm;
  private final MemorySegment alpha = arena.allocate(JAVA_FLOAT);
  private final MemorySegment beta = arena.allocate(JAVA_FLOAT);
  private final long handle;
  private long stream;

  /**
   * Loads and starts the library.
   *
   * @param workspace its scratch memory, so that it allocates none while work is recorded
   */
  PanamaCublas13(Path library, DeviceMemory workspace) {
    this.symbols = SymbolLookup.libraryLookup(library, Arena.global());
    this.workspace = workspace;
    MemoryLayout[] parameters = {
      JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT,
      JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT
    };
    this.gemm = function("cublasSgemmStridedBatched", parameters);
    MemorySegment place = arena.allocate(JAVA_LONG);
    call("cublasCreate_v2", place);
    this.handle = place.get(JAVA_LONG, 0);
    call("cublasSetPointerMode_v2", handle, POINTER_MODE_HOST);
    // Single precision throughout: no TF32.
    call("cublasSetMathMode", handle, PEDANTIC_MATH);
  }

  @Override
  public void gemm(
      Stream target,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float factor,
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
    use(target);
    // cuBLAS reads the factor during the call.
    alpha.set(JAVA_FLOAT, 0, factor);
    int code;
    try {
      code =
          (int)
              gemm.invokeExact(
                  handle,
                  transposeA ? 1 : 0,
                  transposeB ? 1 : 0,
                  m,
                  n,
                  k,
                  alpha,
                  a,
                  lda,
                  strideA,
                  b,
                  ldb,
                  strideB,
                  beta,
                  c,
                  ldc,
                  strideC,
                  batch);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
    VendorException.check(code, "cublasSgemmStridedBatched", "cuBLAS");
  }

  /** A new stream takes the workspace away. */
  private void use(Stream target) {
    if (stream != target.handle()) {
      stream = target.handle();
      call("cublasSetStream_v2", handle, stream);
      call("cublasSetWorkspace_v2", handle, workspace.address(), workspace.bytes());
    }
  }

  @Override
  public int version() {
    MemorySegment place = arena.allocate(JAVA_INT);
    call("cublasGetVersion_v2", handle, place);
    return place.get(JAVA_INT, 0);
  }

  @Override
  public void close() {
    call("cublasDestroy_v2", handle);
    arena.close();
  }

  private void call(String name, Object... arguments) {
    MemoryLayout[] parameters = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      parameters[i] =
          switch (arguments[i]) {
            case Integer _ -> JAVA_INT;
            case Long _ -> JAVA_LONG;
            default -> ADDRESS;
          };
    }
    int code;
    try {
      code = (int) function(name, parameters).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(name + " could not be called", e);
    }
    VendorException.check(code, name, "cuBLAS");
  }

  private MethodHandle function(String name, MemoryLayout... parameters) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new DeviceUnavailableException(LIBRARY + " has no function " + name));
    return Linker.nativeLinker()
        .downcallHandle(address, FunctionDescriptor.of(JAVA_INT, parameters));
  }
}
