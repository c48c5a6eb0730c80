// tensor_convolution_backward_data.cu: convolution_backward_data (conv/convolution_backward_data.cu) on
// tensor cores, in bf16, tf32 and 3xtf32, with 128 x 128 sums a block or 32 x 256 (wide). Sizes, bytes, FLOPs
// and residue classes as there; tiles and their idea as in tensor_convolution_forward.cu.
//
// Geometry: x = pixels of the largest class over all images, y = channels, z = classes.
//
// Deterministic: every sum runs over ascending (k, r, s), in steps of one instruction.
#include "residue_class.cuh"
#include "tensor_product.cuh"
#include "tensor_sources.cuh"

namespace tensor_convolution_backward_data {

#if SIMT_FAT
using Shape = Tile<132, 256, 144, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = TensorTile<128, 128, 64, 32>;
using Wide = TensorTile<32, 256, 32, 32>;
#endif

template <class Format, class T>
__device__ __forceinline__ void convolve(float* inputGradient, const float* outputGradient,
                                         const float* filter, const Convolution& c) {
  const ClassAxis vertical(blockIdx.z / c.stride, c.height, c.filterHeight, c.stride, c.padding);
  const ClassAxis horizontal(blockIdx.z % c.stride, c.width, c.filterWidth, c.stride, c.padding);
  const int pixels = c.images * vertical.count * horizontal.count;
  const int depth = c.filters * vertical.taps * horizontal.taps;
  const Region region = blockRegion<T>(c.channels, pixels, 0, depth);
  if (region.columns <= 0) return;  // this class has fewer pixels than the largest one
  const FilterClassOperand taps{filter,
                                c.channels,
                                depth,
                                c.filterHeight,
                                c.filterWidth,
                                c.stride,
                                vertical.remainder,
                                horizontal.remainder,
                                Divisor(max(1, vertical.taps * horizontal.taps)),
                                Divisor(max(1, horizontal.taps))};
  const PatchGeometry geometry{
      c.filters,        c.rows(), c.columns(), vertical.taps,        horizontal.taps,       vertical.count,
      horizontal.count, 1,        -1,          vertical.firstOutput, horizontal.firstOutput};
  const Patches patches(outputGradient, geometry, c.images);
#if SIMT_FAT
  const FilterClassOperand& left = taps;
  PatchColumns right{patches};
#else
  const FilterClassSource left{{filter, true}, taps};
  const PatchSource<false> right{patches, depth};
#endif
  const ImageOutput result{inputGradient,    c.channels, c.height,        c.width,          vertical.count,
                           horizontal.count, c.stride,   vertical.origin, horizontal.origin};
  multiplyRounded<Format, T>(region, left, right, result);
}

}  // namespace tensor_convolution_backward_data

#define TENSOR_BACKWARD_DATA(name, format, shape)                                                            \
  extern "C" __global__ void __launch_bounds__(tensor_convolution_backward_data::shape::THREADS)             \
      name(float* inputGradient, const float* outputGradient, const float* filter, int images, int channels, \
           int height, int width, int filters, int filterHeight, int filterWidth, int stride, int padding) { \
    const Convolution c{                                                                                     \
        images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};               \
    tensor_convolution_backward_data::convolve<format, tensor_convolution_backward_data::shape>(             \
        inputGradient, outputGradient, filter, c);                                                           \
  }                                                                                                          \
  SIMT_KERNEL(name, tensor_convolution_backward_data::shape::THREADS,                                        \
              tensor_convolution_backward_data::shape::COLUMNS,                                              \
              tensor_convolution_backward_data::shape::ROWS, 1)

TENSOR_BACKWARD_DATA(convolution_backward_data_bf16, Bfloat16, Shape)
TENSOR_BACKWARD_DATA(convolution_backward_data_tf32, Tf32, Shape)
TENSOR_BACKWARD_DATA(convolution_backward_data_3xtf32, Tf32x3, Shape)
#if !SIMT_FAT
TENSOR_BACKWARD_DATA(convolution_backward_data_bf16_wide, Bfloat16, Wide)
TENSOR_BACKWARD_DATA(convolution_backward_data_tf32_wide, Tf32, Wide)
TENSOR_BACKWARD_DATA(convolution_backward_data_3xtf32_wide, Tf32x3, Wide)
#endif

#undef TENSOR_BACKWARD_DATA
