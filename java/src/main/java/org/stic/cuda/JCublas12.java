package org.stic.cuda;

import static jcuda.jcublas.cublasMath.CUBLAS_PEDANTIC_MATH;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_N;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_T;
import static jcuda.jcublas.cublasPointerMode.CUBLAS_POINTER_MODE_HOST;

import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/** cuBLAS of CUDA 12 through JCublas, which is bound to libcublas.so.12. */
final class JCublas12 implements Cublas {
  static final String LIBRARY = "libcublas.so.12";

  private final cublasHandle handle = new cublasHandle();
  private final DeviceMemory workspace;
  private final Pointer zero = Pointer.to(new float[] {0});
  private long stream;

  /**
   * Starts the library, which is loaded already.
   *
   * @param workspace its scratch memory, so that it allocates none while work is recorded
   */
  JCublas12(DeviceMemory workspace) {
    this.workspace = workspace;
    check(JCublas2.cublasCreate(handle), "cublasCreate");
    check(JCublas2.cublasSetPointerMode(handle, CUBLAS_POINTER_MODE_HOST), "cublasSetPointerMode");
    // Single precision throughout: no TF32.
    check(JCublas2.cublasSetMathMode(handle, CUBLAS_PEDANTIC_MATH), "cublasSetMathMode");
  }

  @Override
  public void gemm(
      Stream target,
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
    use(target);
    check(
        JCublas2.cublasSgemmStridedBatched(
            handle,
            transposeA ? CUBLAS_OP_T : CUBLAS_OP_N,
            transposeB ? CUBLAS_OP_T : CUBLAS_OP_N,
            m,
            n,
            k,
            Pointer.to(new float[] {alpha}),
            Handles.host(a),
            lda,
            strideA,
            Handles.host(b),
            ldb,
            strideB,
            zero,
            Handles.host(c),
            ldc,
            strideC,
            batch),
        "cublasSgemmStridedBatched");
  }

  /** A new stream takes the workspace away. */
  private void use(Stream target) {
    if (stream != target.handle()) {
      stream = target.handle();
      check(
          JCublas2.cublasSetStream(handle, Handles.wrap(new cudaStream_t(), stream)),
          "cublasSetStream");
      check(
          JCublas2.cublasSetWorkspace(handle, Handles.host(workspace.address()), workspace.bytes()),
          "cublasSetWorkspace");
    }
  }

  @Override
  public int version() {
    int[] version = new int[1];
    check(JCublas2.cublasGetVersion(handle, version), "cublasGetVersion");
    return version[0];
  }

  @Override
  public void close() {
    check(JCublas2.cublasDestroy(handle), "cublasDestroy");
  }

  private static void check(int code, String function) {
    VendorException.check(code, function, "cuBLAS");
  }
}
