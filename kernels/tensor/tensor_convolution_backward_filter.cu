// tensor_convolution_backward_filter.cu: convolution_backward_filter (conv/convolution_backward_filter.cu) on
// tensor cores, in bf16, tf32 and 3xtf32. Sizes, bytes, FLOPs and the split of the sum over pixels as there;
// convolution_backward_filter_sum adds the partial sums in a fixed order. Tiles and their idea as in
// tensor_convolution_forward.cu.
//
// Geometry: x = filters, y = taps (c, r, s), z = splits; 128 x 128 sums a block.
//
// Deterministic: a split runs over ascending pixels, in steps of one instruction.
#include "filter_gradient.cuh"
#include "tensor_product.cuh"
#include "tensor_sources.cuh"

namespace tensor_convolution_backward_filter {

#if SIMT_FAT
using Shape = Tile<144, 64, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = TensorTile<128, 128, 64, 32>;
#endif

template <class Format>
__device__ __forceinline__ void convolve(float* partial, const float* outputGradient, const float* input,
                                         const Convolution& c, int pixelsPerSplit) {
  const int plane = c.rows() * c.columns(), pixels = c.images * plane, taps = c.taps();
  const int begin = blockIdx.z * pixelsPerSplit, end = min(pixels, begin + pixelsPerSplit);
  const Patches patches(input, c.patches(), c.images);
#if SIMT_FAT
  PatchRows left{patches};
  const PlaneOperand right{outputGradient, c.filters, pixels, Divisor(plane)};
#else
  const PatchSource<true> left{patches, end};
  const PlaneSource right{{outputGradient, true}, c.filters, end, Divisor(plane)};
#endif
  const MatrixOutput<> result{partial + (long long)blockIdx.z * c.filters * taps, 1, taps, 1.0f};
  multiplyRounded<Format, Shape>(blockRegion<Shape>(taps, c.filters, begin, end), left, right, result);
}

}  // namespace tensor_convolution_backward_filter

#define TENSOR_BACKWARD_FILTER(name, format)                                                                 \
  extern "C" __global__ void __launch_bounds__(tensor_convolution_backward_filter::Shape::THREADS)           \
      name(float* partial, const float* outputGradient, const float* input, int images, int channels,        \
           int height, int width, int filters, int filterHeight, int filterWidth, int stride, int padding,   \
           int pixelsPerSplit) {                                                                             \
    const Convolution c{                                                                                     \
        images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};               \
    tensor_convolution_backward_filter::convolve<format>(partial, outputGradient, input, c, pixelsPerSplit); \
  }                                                                                                          \
  SIMT_KERNEL(name, tensor_convolution_backward_filter::Shape::THREADS,                                      \
              tensor_convolution_backward_filter::Shape::COLUMNS,                                            \
              tensor_convolution_backward_filter::Shape::ROWS, 1)

TENSOR_BACKWARD_FILTER(convolution_backward_filter_bf16, Bfloat16)
TENSOR_BACKWARD_FILTER(convolution_backward_filter_tf32, Tf32)
TENSOR_BACKWARD_FILTER(convolution_backward_filter_3xtf32, Tf32x3)

#undef TENSOR_BACKWARD_FILTER
