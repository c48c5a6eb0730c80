// tensor_matrix_product.cu: matrix_product (dense/matrix_product.cu) on tensor cores, in bf16, tf32 and
// 3xtf32,
//   C[b] = scale * op(A[b]) op(B[b]) for b < batch.
// Sizes, bytes and FLOPs as there, with the transposes as arguments; tiles and their idea as in
// tensor_convolution_forward.cu.
//
// Geometry: x = columns, y = rows, z = batch; 128 x 128 sums a block.
//
// Deterministic: every sum runs over ascending depth, in steps of one instruction.
#include "tensor_product.cuh"
#include "tensor_sources.cuh"

namespace tensor_matrix_product {

#if SIMT_FAT
using Shape = Tile<120, 128, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;

template <class Format, bool TRANSPOSE_A, bool TRANSPOSE_B>
__device__ __forceinline__ void product(const float* a, const float* b, int rows, int columns, int inner,
                                        const MatrixOutput<>& output) {
  const MatrixOperand<!TRANSPOSE_A> left{a, TRANSPOSE_A ? rows : inner, rows, inner};
  const MatrixOperand<TRANSPOSE_B> right{b, TRANSPOSE_B ? inner : columns, columns, inner};
  multiplyRounded<Format, Shape>(blockRegion<Shape>(rows, columns, 0, inner), left, right, output);
}

template <class Format>
__device__ __forceinline__ void product(const float* a, const float* b, int rows, int columns, int inner,
                                        bool transposeA, bool transposeB, const MatrixOutput<>& output) {
  if (transposeA && transposeB) return product<Format, true, true>(a, b, rows, columns, inner, output);
  if (transposeA) return product<Format, true, false>(a, b, rows, columns, inner, output);
  if (transposeB) return product<Format, false, true>(a, b, rows, columns, inner, output);
  product<Format, false, false>(a, b, rows, columns, inner, output);
}
#else
using Shape = TensorTile<128, 128, 64, 32>;

template <class Format>
__device__ __forceinline__ void product(const float* a, const float* b, int rows, int columns, int inner,
                                        bool transposeA, bool transposeB, const MatrixOutput<>& output) {
  const MatrixSource left{{a, !transposeA}, rows, inner, transposeA ? 1 : inner, transposeA ? rows : 1};
  const MatrixSource right{{b, transposeB}, columns, inner, transposeB ? inner : 1, transposeB ? 1 : columns};
  multiplyRounded<Format, Shape>(blockRegion<Shape>(rows, columns, 0, inner), left, right, output);
}
#endif

}  // namespace tensor_matrix_product

#define TENSOR_MATRIX_PRODUCT(name, format)                                                                \
  extern "C" __global__ void __launch_bounds__(tensor_matrix_product::Shape::THREADS)                      \
      name(float* c, const float* a, const float* b, int rows, int columns, int inner, long long strideA,  \
           long long strideB, float scale, int transposeA, int transposeB) {                               \
    const long long batch = blockIdx.z;                                                                    \
    const MatrixOutput<> output{c + batch * rows * columns, columns, 1, scale};                            \
    tensor_matrix_product::product<format>(a + batch * strideA, b + batch * strideB, rows, columns, inner, \
                                           transposeA, transposeB, output);                                \
  }                                                                                                        \
  SIMT_KERNEL(name, tensor_matrix_product::Shape::THREADS, tensor_matrix_product::Shape::COLUMNS,          \
              tensor_matrix_product::Shape::ROWS, 1)

TENSOR_MATRIX_PRODUCT(matrix_product_bf16, Bfloat16)
TENSOR_MATRIX_PRODUCT(matrix_product_tf32, Tf32)
TENSOR_MATRIX_PRODUCT(matrix_product_3xtf32, Tf32x3)

#undef TENSOR_MATRIX_PRODUCT
