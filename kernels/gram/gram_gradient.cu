// gram_gradient.cu: dF[b] = scale * (D[b] + D[b]^T) F[b], the gradient of gram_matrix by its feature map.
//
// Shapes: dF, F [batch][channels][positions], D [batch][channels][channels], the gradient by G, which need
// not be symmetric.
//
// Bytes 4 (|dF| + |D| + |F|), FLOPs 2 |F| channels.
//
// Geometry: x = positions, y = channels, z = batch. GPU: 64 x 128 x 8 tiles, because channels are few. Fat:
// tiles as in matrix_product.cu.
//
// Deterministic: every sum runs over ascending channels.
//
// Source: d <D, F F^T> = <D, dF F^T + F dF^T> = <(D + D^T) F, dF>.
#include "gemm.cuh"

namespace gram_gradient_kernel {
#if SIMT_FAT
using Shape = Tile<120, 128, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 128, 8, 8, 4>;
#endif

// D + D^T, formed while it is loaded.
struct SymmetrizedOperand {
  static constexpr bool DEPTH_FASTEST = true;
  const float* __restrict__ data;
  int channels;

  __device__ __forceinline__ float value(int i, int k) const {
    if (i >= channels || k >= channels) return 0.0f;
    return data[(long long)i * channels + k] + data[(long long)k * channels + i];
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int i0, int iCount, int k0, int kCount) const {
    for (int i = 0; i < iCount; ++i)
      for (int k = 0; k < kCount; ++k) tile[BY_ROW ? i * pitch + k : k * pitch + i] = value(i0 + i, k0 + k);
  }
#endif
};
}  // namespace gram_gradient_kernel

extern "C" __global__ void __launch_bounds__(gram_gradient_kernel::Shape::THREADS)
    gram_gradient(float* featuresGradient, const float* gramGradient, const float* features, int channels,
                  int positions, float scale) {
  using Shape = gram_gradient_kernel::Shape;
  const long long map = (long long)blockIdx.z * channels * positions;
  const gram_gradient_kernel::SymmetrizedOperand left{
      gramGradient + (long long)blockIdx.z * channels * channels, channels};
  const MatrixOperand<false> right{features + map, positions, positions, channels};
  const MatrixOutput<> output{featuresGradient + map, positions, 1, scale};
  multiply<Shape>(blockRegion<Shape>(channels, positions, 0, channels), left, right, output);
}
SIMT_KERNEL(gram_gradient, gram_gradient_kernel::Shape::THREADS, gram_gradient_kernel::Shape::COLUMNS,
            gram_gradient_kernel::Shape::ROWS, 1)
