// convolution_backward_filter.cu: the gradient of convolution_forward by its filter,
//   dw[k][c][r][s] = sum_{n,p,q} dy[n][k][p][q] x[n][c][p stride + r - padding][q stride + s - padding]
//
// Shapes as in convolution_forward.cu. The sum over all pixels is long and dw small, so it is split:
//
//   convolution_backward_filter:      partial[z] = the part of the z-th pixelsPerSplit pixels
//
//   convolution_backward_filter_sum:  dw = partial[0] + partial[1] + ..
//
// Bytes 4 (|dw| + |dy| + |x|), FLOPs 2 |dy| channels filterHeight filterWidth; what the split adds is its own
// affair.
//
// The product is computed transposed, taps x filters: then the patches are the left operand and are packed as
// they lie in memory, and only dy, which is smaller, is transposed.
//
// Geometry: x = filters, y = taps (c, r, s), z = splits; of the second kernel x = |dw|. GPU: 64 x 64 x 16
// tiles, because dw is small. Fat: 144 taps, so that a transposed dy serves many.
//
// Deterministic: a split runs over ascending pixels, the second kernel over ascending splits, and the number
// of splits depends on the shape only.
//
// Source: Chetlur et al., "cuDNN: Efficient Primitives for Deep Learning", 2014; split-k as in CUTLASS.
#include "convolution.cuh"

namespace convolution_backward_filter_kernel {
#if SIMT_FAT
using Shape = Tile<144, 64, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 64, 16, 4, 4>;
#endif
constexpr int SUM_THREADS = SIMT_FAT ? 1 : 256, SUM_TILE = SIMT_FAT ? 4096 : 256;

// Patches with taps as elements and pixels as depth.
struct PatchRows {
  static constexpr bool DEPTH_FASTEST = true;
  Patches patches;
  __device__ __forceinline__ float value(int i, int k) const { return patches.value(i, k); }

#if SIMT_FAT
  Staging staging;
  int taps;
  bool staged = false;

  explicit __device__ __forceinline__ PatchRows(const Patches& patches)
      : patches(patches), staging(patches), taps(patches.byTaps.value) {}

  __device__ __forceinline__ int step(int i0, int iCount, int k, int room) {
    const int channels = (i0 + iCount - 1) / taps - i0 / taps + 1;
    for (int fewer = room; fewer > 0; fewer /= 2)
      if ((staged = staging.prepare(k, fewer) && channels <= staging.channels())) return fewer;
    return room;
  }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int i0, int iCount, int k0, int kCount) {
    static_assert(BY_ROW, "a left operand");
    if (staged) staging.stage(i0 / taps, (i0 + iCount - 1) / taps - i0 / taps + 1);
    for (int i = i0; i < i0 + iCount; ++i, tile += pitch) {
      const int c = i / taps, rs = i - c * taps, r = rs / patches.g.tapColumns;
      if (staged)
        staging.packRow(tile, staging.tap(c, r, rs - r * patches.g.tapColumns));
      else
        for (int k = 0; k < kCount; ++k) tile[k] = patches.value(i, k0 + k);
    }
  }
#endif
};

// dy[n][k][p][q] with the filter k as element and the pixel (n, p, q) as depth.
struct PlaneOperand {
  static constexpr bool DEPTH_FASTEST = true;
  const float* __restrict__ images;
  int planes, pixels;
  Divisor byPlane;

  __device__ __forceinline__ const float* address(int i, int k) const {
    const int n = byPlane.quotient(k);
    return images + ((long long)n * planes + i) * byPlane.value + (k - n * (int)byPlane.value);
  }
  __device__ __forceinline__ float value(int i, int k) const {
    return i < planes && k < pixels ? *address(i, k) : 0.0f;
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int i0, int iCount, int k0, int kCount) const {
    static_assert(!BY_ROW, "a right operand");
    const int plane = byPlane.value;
    for (int k = k0; k < k0 + kCount;) {
      const int count = min(plane - k % plane, k0 + kCount - k);  // within one image
      simd::transpose(tile + (k - k0) * pitch, pitch, address(i0, k), plane, iCount, count);
      k += count;
    }
  }
#endif
};
}  // namespace convolution_backward_filter_kernel

extern "C" __global__ void __launch_bounds__(convolution_backward_filter_kernel::Shape::THREADS)
    convolution_backward_filter(float* partial, const float* outputGradient, const float* input, int images,
                                int channels, int height, int width, int filters, int filterHeight,
                                int filterWidth, int stride, int padding, int pixelsPerSplit) {
  using namespace convolution_backward_filter_kernel;
  const Convolution c{images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};
  const int plane = c.rows() * c.columns(), pixels = images * plane, taps = c.taps();
  const int begin = blockIdx.z * pixelsPerSplit, end = min(pixels, begin + pixelsPerSplit);
  PatchRows left{Patches(input, c.patches(), images)};
  const PlaneOperand right{outputGradient, filters, pixels, Divisor(plane)};
  const MatrixOutput<> result{partial + (long long)blockIdx.z * filters * taps, 1, taps, 1.0f};
  multiply<Shape>(blockRegion<Shape>(taps, filters, begin, end), left, right, result);
}
SIMT_KERNEL(convolution_backward_filter, convolution_backward_filter_kernel::Shape::THREADS,
            convolution_backward_filter_kernel::Shape::COLUMNS,
            convolution_backward_filter_kernel::Shape::ROWS, 1)

extern "C" __global__ void __launch_bounds__(convolution_backward_filter_kernel::SUM_THREADS)
    convolution_backward_filter_sum(float* filterGradient, const float* partial, int elements, int splits) {
  using namespace convolution_backward_filter_kernel;
  const int begin = blockIdx.x * SUM_TILE, end = min(elements, begin + SUM_TILE);
  SIMT_TILE_LOOP(i, begin, end) filterGradient[i] = partial[i];
  for (int split = 1; split < splits; ++split)
    SIMT_TILE_LOOP(i, begin, end) filterGradient[i] += partial[(long long)split * elements + i];
}
SIMT_KERNEL(convolution_backward_filter_sum, convolution_backward_filter_kernel::SUM_THREADS,
            convolution_backward_filter_kernel::SUM_TILE, 1, 1)
