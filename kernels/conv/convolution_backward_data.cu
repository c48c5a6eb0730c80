// convolution_backward_data.cu: the gradient of convolution_forward by its input,
// dx[n][c][h][w] = sum_{k,r,s} dy[n][k][(h + padding - r) / stride][(w + padding - s) / stride] w[k][c][r][s]
// over the taps for which both divisions leave no remainder.
//
// Shapes as in convolution_forward.cu; every element of dx is written.
//
// Bytes 4 (|dx| + |dy| + |w|), FLOPs 2 |dy| channels filterHeight filterWidth.
//
// Pixels whose (h + padding) mod stride and (w + padding) mod stride agree meet the same taps. Each of these
// stride^2 classes is a dense product of its own (a stride-1 convolution of dy with every stride-th tap), so
// no zero is multiplied.
//
// Geometry: x = pixels of the largest class over all images, y = channels, z = classes. GPU: tiles as in
// convolution_forward.cu. Fat: twice as many pixels as there, because gathering the filter costs more.
//
// Deterministic: every sum runs over ascending (k, r, s).
//
// Source: Shi et al., "Is the deconvolution layer the same as a convolutional layer?", 2016.
#include "convolution.cuh"
#include "few_rows.cuh"

namespace convolution_backward_data_kernel {
#if SIMT_FAT
using Shape = Tile<132, 256, 144, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 128, 8, 8, 4>;
#endif

// One axis of a class: the pixels origin, origin + stride, .. and the taps remainder, remainder + stride, ..
struct ClassAxis {
  int remainder, origin, count, taps, firstOutput;

  __device__ __forceinline__ ClassAxis(int remainder, int size, int filterSize, int stride, int padding)
      : remainder(remainder),
        origin((remainder - padding % stride + stride) % stride),
        count((size - origin + stride - 1) / stride),
        taps((filterSize - remainder + stride - 1) / stride),
        firstOutput((origin + padding - remainder) / stride) {
    taps = max(0, taps);
    count = max(0, count);
  }
};

// w[k][c][remainder + u stride][..] with the channel c as element and (k, u, v) as depth.
struct FilterClassOperand {
  static constexpr bool DEPTH_FASTEST = false;
  const float* __restrict__ filter;
  int channels, depth, filterHeight, filterWidth, stride, remainderRow, remainderColumn;
  Divisor byTaps, byTapColumns;

  __device__ __forceinline__ long long offset(int k) const {
    const int f = byTaps.quotient(k), uv = k - f * byTaps.value, u = byTapColumns.quotient(uv),
              v = uv - u * byTapColumns.value;
    return ((long long)f * channels * filterHeight + remainderRow + u * stride) * filterWidth +
           remainderColumn + v * stride;
  }
  __device__ __forceinline__ float value(int c, int k) const {
    return c < channels && k < depth ? filter[offset(k) + (long long)c * filterHeight * filterWidth] : 0.0f;
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int c0, int cCount, int k0, int kCount) const {
    const int plane = filterHeight * filterWidth;
    for (int k = 0; k < kCount; ++k) {
      const float* source = filter + offset(k0 + k) + (long long)c0 * plane;
      for (int c = 0; c < cCount; ++c) tile[BY_ROW ? c * pitch + k : k * pitch + c] = source[c * plane];
    }
  }
#endif
};
}  // namespace convolution_backward_data_kernel

extern "C" __global__ void __launch_bounds__(convolution_backward_data_kernel::Shape::THREADS)
    convolution_backward_data(float* inputGradient, const float* outputGradient, const float* filter,
                              int images, int channels, int height, int width, int filters, int filterHeight,
                              int filterWidth, int stride, int padding) {
  using namespace convolution_backward_data_kernel;
  const Convolution c{images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};
  const ClassAxis vertical(blockIdx.z / stride, height, filterHeight, stride, padding);
  const ClassAxis horizontal(blockIdx.z % stride, width, filterWidth, stride, padding);
  const int pixels = images * vertical.count * horizontal.count;
  if ((int)blockIdx.x * Shape::COLUMNS >= pixels) return;  // this class has fewer pixels than the largest one
  const int depth = filters * vertical.taps * horizontal.taps;
  const FilterClassOperand left{filter,
                                channels,
                                depth,
                                filterHeight,
                                filterWidth,
                                stride,
                                vertical.remainder,
                                horizontal.remainder,
                                Divisor(max(1, vertical.taps * horizontal.taps)),
                                Divisor(max(1, horizontal.taps))};
  const PatchGeometry geometry{
      filters,          c.rows(), c.columns(), vertical.taps,        horizontal.taps,       vertical.count,
      horizontal.count, 1,        -1,          vertical.firstOutput, horizontal.firstOutput};
  PatchColumns right{Patches(outputGradient, geometry, images)};
  const ImageOutput result{inputGradient, channels,        height,
                           width,         vertical.count,  horizontal.count,
                           stride,        vertical.origin, horizontal.origin};
  const Region region = blockRegion<Shape>(channels, pixels, 0, depth);
#if SIMT_FAT
  if (FewRows::multiply<Shape>(region, left, right, result)) return;
#endif
  multiply<Shape>(region, left, right, result);
}
SIMT_KERNEL(convolution_backward_data, convolution_backward_data_kernel::Shape::THREADS,
            convolution_backward_data_kernel::Shape::COLUMNS, convolution_backward_data_kernel::Shape::ROWS,
            1)
