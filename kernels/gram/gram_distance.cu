// The squared distance of Gram matrices from symmetric targets, and its gradient, without writing a matrix
// twice:
//   gram_distance           D[b] = scale F[b] F[b]^T - T[b]; parts[b][t] = sum of D[b]_ij^2 over tile t and
//   its
//                           mirror image; half[b] = D[b] on and above the diagonal, row after row, where half
//                           is not null
//   gram_distance_gradient  dF[b] = 4 scale upstream[b] D[b] F[b], D given by its half
//
// Shapes: F, dF [batch][channels][positions], T [batch][channels][channels], of which the half on and above
// the diagonal is read, half [batch][channels (channels + 1) / 2], parts [batch][tiles][tiles] with tiles =
// ceil(channels / gram::TILE), upstream [batch]. The parts of a matrix of one tile are its distance.
//
// Bytes 4 (|F| + |half| (+ |half|)), and 4 (2 |F| + |half|). FLOPs channels (channels + 1) positions, and
// twice that.
//
// Geometry: x = columns, y = rows of G, z = batch, in tiles of gram::TILE; for the gradient x = positions, y
// = channels.
//
// Deterministic: a sum's order depends on the sizes only.
//
// Source: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", 2016.
#include "gram.cuh"
#include "reduce.cuh"

namespace gram_distance_kernels {

#if SIMT_FAT
using Value = Tile<gram::TILE, gram::TILE, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
constexpr int GRADIENT_ROWS = gram::BLOCK_ROWS, GRADIENT_COLUMNS = 4096, GRADIENT_THREADS = 1;
#else
using Value = Tile<gram::TILE, gram::TILE, 16, 4, 4>;
using Gradient = Tile<64, 128, 8, 8, 4>;
constexpr int GRADIENT_ROWS = Gradient::ROWS, GRADIENT_COLUMNS = Gradient::COLUMNS,
              GRADIENT_THREADS = Gradient::THREADS;
#endif

// Turns the region's inner products into differences, stores them and returns the sum of their squares, each
// counted as often as it stands in the matrix.
__device__ __forceinline__ float differences(float* half, const float* features, const float* target,
                                             int channels, int positions, float scale, const Region& region) {
#if SIMT_FAT
  float* tile = productScratch();
  gram::halfOfGram(tile, features, channels, positions, region);
  const int end = region.column + region.columns;
  simd::Register lanes{};
  float rest = 0.0f, diagonal = 0.0f;
  for (int i = region.row; i < region.row + region.rows; ++i) {
    const int begin = max(i, region.column);
    float* d = tile + (i - region.row) * gram::PITCH - region.column;
    const float* t = target + (long long)i * channels;
    int j = begin;
    for (; j + simd::WIDTH <= end; j += simd::WIDTH) {
      const simd::Register difference = scale * simd::load(d + j) - simd::load(t + j);
      simd::store(d + j, difference);
      lanes += difference * difference;
    }
    for (; j < end; ++j) {
      d[j] = scale * d[j] - t[j];
      rest += d[j] * d[j];
    }
    if (begin == i) diagonal += d[i] * d[i];
    if (half) simd::copy(half + gram::packed(i, begin, channels), d + begin, end - begin);
  }
  return 2.0f * (gram::total(lanes) + rest) - diagonal;
#else
  float sum = 0.0f;
  gram::halfOfGram<Value>(features, channels, positions, region, [&](int i, int j, float product) {
    const float d = fmaf(scale, product, -target[(long long)i * channels + j]);
    if (half) half[gram::packed(i, j, channels)] = d;
    sum = fmaf(i == j ? d : 2.0f * d, d, sum);
  });
  return reduce::across_threads<Value::THREADS>(sum, reduce::Add{});
#endif
}

// D by its half.
struct HalfOperand {
  static constexpr bool DEPTH_FASTEST = true;
  const float* __restrict__ half;
  int channels;

  __device__ __forceinline__ float value(int i, int k) const {
    if (i >= channels || k >= channels) return 0.0f;
    return half[gram::packed(min(i, k), max(i, k), channels)];
  }
};

#if SIMT_FAT
// a[i - row][k - k0] = factor D[i][k] for `rows` rows from `row` on and `depth` columns from k0 on. Row r of
// the half is also column r of D.
__device__ __forceinline__ void expandHalf(float* a, const float* half, int channels, int row, int rows,
                                           int k0, int depth, float factor) {
  for (int i = row; i < row + rows; ++i) {
    const float* source = half + gram::packed(i, 0, channels);
    float* target = a + (i - row) * gram::DEPTH_PITCH - k0;
    SIMT_LANES
    for (int k = max(i, k0); k < k0 + depth; ++k) target[k] = factor * source[k];
  }
  for (int k = k0; k < min(k0 + depth, row + rows); ++k) {
    const float* source = half + gram::packed(k, 0, channels);
    float* target = a + k - k0 - (long long)row * gram::DEPTH_PITCH;
    for (int i = max(k + 1, row); i < row + rows; ++i) target[i * gram::DEPTH_PITCH] = factor * source[i];
  }
}
#endif

}  // namespace gram_distance_kernels

extern "C" __global__ void __launch_bounds__(gram_distance_kernels::Value::THREADS)
    gram_distance(float* parts, float* half, const float* features, const float* target, int channels,
                  int positions, float scale) {
  using namespace gram_distance_kernels;
  const long long item = blockIdx.z, elements = (long long)channels * channels;
  const Region region = gram::tileRegion(channels, positions);
  const bool below = region.row > region.column;  // all of its mirror image
  const float part = below ? 0.0f
                           : differences(half ? half + item * gram::packedSize(channels) : nullptr,
                                         features + item * channels * positions, target + item * elements,
                                         channels, positions, scale, region);
  if (threadIdx.x == 0) parts[(item * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x] = part;
}
SIMT_KERNEL(gram_distance, gram_distance_kernels::Value::THREADS, gram::TILE, gram::TILE, 1)

extern "C" __global__ void __launch_bounds__(gram_distance_kernels::GRADIENT_THREADS)
    gram_distance_gradient(float* featuresGradient, const float* upstream, const float* halves,
                           const float* features, int channels, int positions, float scale) {
  using namespace gram_distance_kernels;
  const long long item = blockIdx.z, map = item * channels * positions;
  const float factor = 4.0f * scale * upstream[item];
  const HalfOperand difference{halves + item * gram::packedSize(channels), channels};
#if SIMT_FAT
  const int row = blockIdx.y * GRADIENT_ROWS, column = blockIdx.x * GRADIENT_COLUMNS;
  const Region region{row,    min(GRADIENT_ROWS, channels - row),
                      column, min(GRADIENT_COLUMNS, positions - column),
                      0,      channels};
  gram::symmetricTimes(featuresGradient + map, features + map, channels, positions, region,
                       [&](float* a, int k0, int count) {
                         expandHalf(a, difference.half, channels, row, region.rows, k0, count, factor);
                       });
#else
  const MatrixOperand<false> right{features + map, positions, positions, channels};
  const MatrixOutput<> output{featuresGradient + map, positions, 1, factor};
  multiply<Gradient>(blockRegion<Gradient>(channels, positions, 0, channels), difference, right, output);
#endif
}
SIMT_KERNEL(gram_distance_gradient, gram_distance_kernels::GRADIENT_THREADS,
            gram_distance_kernels::GRADIENT_COLUMNS, gram_distance_kernels::GRADIENT_ROWS, 1)
