// gram_matrix.cu: G[b] = scale * F[b] F[b]^T, the inner products of the channels of a feature map.
//
// Shapes: G [batch][channels][channels], F [batch][channels][positions].
//
// Bytes 4 (|G| + |F|), FLOPs 2 |G| positions: those of the full product, of which only the half on and above
// the diagonal is computed; the other half is its mirror image, so G is exactly symmetric.
//
// Geometry: x = columns, y = rows of G, z = batch. GPU: 64 x 64 tiles, of which the usual 16 to 512 channels
// fill more than of 128 x 128. Fat: one block has all of a 128-channel G and skips strips below the diagonal.
//
// Deterministic: every sum runs over ascending positions.
//
// Source: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", 2016.
#include "gemm.cuh"

namespace gram_matrix_kernel {
#if SIMT_FAT
using Shape = Tile<128, 128, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 64, 16, 4, 4>;
#endif
}  // namespace gram_matrix_kernel

extern "C" __global__ void __launch_bounds__(gram_matrix_kernel::Shape::THREADS)
    gram_matrix(float* gram, const float* features, int channels, int positions, float scale) {
  using Shape = gram_matrix_kernel::Shape;
  const MatrixOperand<true> map{features + (long long)blockIdx.z * channels * positions, positions, channels,
                                positions};
  const MatrixOutput<true> output{gram + (long long)blockIdx.z * channels * channels, channels, 1, scale};
  multiply<Shape>(blockRegion<Shape>(channels, channels, 0, positions), map, map, output);
}
SIMT_KERNEL(gram_matrix, gram_matrix_kernel::Shape::THREADS, gram_matrix_kernel::Shape::COLUMNS,
            gram_matrix_kernel::Shape::ROWS, 1)
