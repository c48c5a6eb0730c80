// matrix_product.cu: C[b] = scale * op(A[b]) op(B[b]) for b < batch; op is the identity or the transpose.
//
// Shapes: C [batch][rows][columns], op(A) [rows][inner], op(B) [inner][columns], all row-major and packed. A
// stride of 0 elements from one A (or B) to the next shares one matrix among all products.
//
// Bytes 4 (|C| + |A| + |B|), FLOPs 2 |C| inner.
//
// Geometry: x = columns, y = rows, z = batch. GPU: 128 x 128 x 8 tiles, 8 x 8 sums per thread: 16 shared
// reads for 64 multiply-adds. Fat: both tiles and the sums take 340 of the second-level cache's usual 512
// KiB.
//
// Deterministic: every sum runs over ascending k.
//
// Source: Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008 (fat); CUTLASS (GPU).
#include "gemm.cuh"

namespace matrix_product {
#if SIMT_FAT
using Shape = Tile<120, 128, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<128, 128, 8, 8, 8>;
#endif

template <bool TRANSPOSE_A, bool TRANSPOSE_B>
__device__ __forceinline__ void product(float* c, const float* a, const float* b, int rows, int columns,
                                        int inner, long long strideA, long long strideB, float scale) {
  const long long batch = blockIdx.z;
  const MatrixOperand<!TRANSPOSE_A> left{a + batch * strideA, TRANSPOSE_A ? rows : inner, rows, inner};
  const MatrixOperand<TRANSPOSE_B> right{b + batch * strideB, TRANSPOSE_B ? inner : columns, columns, inner};
  const MatrixOutput<> output{c + batch * rows * columns, columns, 1, scale};
  multiply<Shape>(blockRegion<Shape>(rows, columns, 0, inner), left, right, output);
}
}  // namespace matrix_product

#define MATRIX_PRODUCT(name, transposeA, transposeB)                                                         \
  extern "C" __global__ void __launch_bounds__(matrix_product::Shape::THREADS)                               \
      name(float* c, const float* a, const float* b, int rows, int columns, int inner, long long strideA,    \
           long long strideB, float scale) {                                                                 \
    matrix_product::product<transposeA, transposeB>(c, a, b, rows, columns, inner, strideA, strideB, scale); \
  }                                                                                                          \
  SIMT_KERNEL(name, matrix_product::Shape::THREADS, matrix_product::Shape::COLUMNS,                          \
              matrix_product::Shape::ROWS, 1)

MATRIX_PRODUCT(matrix_product_nn, false, false)
MATRIX_PRODUCT(matrix_product_nt, false, true)
MATRIX_PRODUCT(matrix_product_tn, true, false)
MATRIX_PRODUCT(matrix_product_tt, true, true)

#undef MATRIX_PRODUCT
