// gram_matrix.cu: G[b] = scale * F[b] F[b]^T, the inner products of the channels of a feature map.
//
// Shapes: G [batch][channels][channels], F [batch][channels][positions].
//
// Bytes 4 (|G| + |F|), FLOPs 2 |G| positions: those of the full product, of which only the half on and above
// the diagonal is computed; the other half is its mirror image, so G is exactly symmetric.
//
// Geometry: x = columns, y = rows of G, z = batch. 64 x 64 tiles, of which the usual 16 to 512 channels fill
// more than of 128 x 128.
//
// Deterministic: the order of every sum depends on the sizes alone.
//
// Source: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", 2016.
#include "gram.cuh"

namespace gram_matrix_kernel {
#if SIMT_FAT
using Shape = Tile<gram::TILE, gram::TILE, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<gram::TILE, gram::TILE, 16, 4, 4>;
#endif
}  // namespace gram_matrix_kernel

extern "C" __global__ void __launch_bounds__(gram_matrix_kernel::Shape::THREADS)
    gram_matrix(float* matrices, const float* features, int channels, int positions, float scale) {
  using Shape = gram_matrix_kernel::Shape;
  const Region region = gram::tileRegion(channels, positions);
  if (region.row > region.column) return;  // the mirror image of another block's
  float* matrix = matrices + (long long)blockIdx.z * channels * channels;
  const float* map = features + (long long)blockIdx.z * channels * positions;
#if SIMT_FAT
  float* tile = productScratch();
  gram::halfOfGram(tile, map, channels, positions, region);
  const int end = region.column + region.columns;
  for (int i = region.row; i < region.row + region.rows; ++i) {
    const float* products = tile + (i - region.row) * gram::PITCH - region.column;
    const int begin = max(i, region.column);
    SIMT_LANES
    for (int j = begin; j < end; ++j) matrix[(long long)i * channels + j] = scale * products[j];
    for (int j = begin; j < end; ++j) matrix[(long long)j * channels + i] = scale * products[j];
  }
#else
  gram::halfOfGram<Shape>(map, channels, positions, region, [=](int i, int j, float product) {
    matrix[(long long)i * channels + j] = matrix[(long long)j * channels + i] = scale * product;
  });
#endif
}
SIMT_KERNEL(gram_matrix, gram_matrix_kernel::Shape::THREADS, gram_matrix_kernel::Shape::COLUMNS,
            gram_matrix_kernel::Shape::ROWS, 1)
