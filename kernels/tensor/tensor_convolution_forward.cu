// tensor_convolution_forward.cu: convolution_forward (conv/convolution_forward.cu) on tensor cores,
//   convolution_forward_bf16, _tf32, _3xtf32:          128 filters x 128 pixels a block
//   convolution_forward_bf16_wide, _tf32_wide, _3xtf32_wide:  32 filters x 256 pixels, for narrow networks
// Sizes, bytes and FLOPs as there; factors are rounded to the format, sums are in single precision.
//
// Idea: a warp's instruction multiplies 16 x 8 x 16 (bf16) or 16 x 8 x 8 (tf32) numbers that lie in
// registers; what limits is the way there. Blocks of 128 x 128 load each factor from memory once per 128
// multiplications; tiles lie in shared memory so that neither stores nor ldmatrix conflict; one stage is
// loaded while the other is multiplied. The wide shape wastes no rows where there are at most 32 filters.
//
// Geometry: x = pixels, y = filters; 256 threads: 8 warps of 64 x 32 or 32 x 32 sums. Asks for sm_80, and
// tensors whose offsets fit 31 bits. Fat: the tiles of convolution_forward.cu, rounded after packing
// (rounded_product.cuh), and no wide shape.
//
// Deterministic: every sum runs over ascending (c, r, s), in steps of one instruction.
//
// Source: Markidis et al., "NVIDIA Tensor Core Programmability, Performance & Precision", 2018; Ootomo,
// Yokota, "Recovering single precision accuracy from Tensor Cores", 2022 (3xtf32).
#include "convolution.cuh"
#include "tensor_product.cuh"
#include "tensor_sources.cuh"

namespace tensor_convolution_forward {

#if SIMT_FAT
using Shape = Tile<132, 128, 144, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = TensorTile<128, 128, 64, 32>;
using Wide = TensorTile<32, 256, 32, 32>;
#endif

template <class Format, class T>
__device__ __forceinline__ void convolve(float* output, const float* input, const float* filter,
                                         const float* bias, const float* addend, const Convolution& c,
                                         float slope) {
  const int rows = c.rows(), columns = c.columns(), depth = c.taps();
  const Patches patches(input, c.patches(), c.images);
#if SIMT_FAT
  const MatrixOperand<true> left{filter, depth, c.filters, depth};
  PatchColumns right{patches};
#else
  const MatrixSource left{{filter, true}, c.filters, depth, depth, 1};
  const PatchSource<false> right{patches, depth};
#endif
  const ActivatedOutput result{
      {output, c.filters, rows, columns, rows, columns, 1, 0, 0}, bias, addend, slope};
  multiplyRounded<Format, T>(blockRegion<T>(c.filters, c.images * rows * columns, 0, depth), left, right,
                             result);
}

}  // namespace tensor_convolution_forward

#define TENSOR_FORWARD(name, format, shape)                                                                  \
  extern "C" __global__ void __launch_bounds__(tensor_convolution_forward::shape::THREADS)                   \
      name(float* output, const float* input, const float* filter, const float* bias, const float* addend,   \
           int images, int channels, int height, int width, int filters, int filterHeight, int filterWidth,  \
           int stride, int padding, float slope) {                                                           \
    const Convolution c{                                                                                     \
        images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};               \
    tensor_convolution_forward::convolve<format, tensor_convolution_forward::shape>(output, input, filter,   \
                                                                                    bias, addend, c, slope); \
  }                                                                                                          \
  SIMT_KERNEL(name, tensor_convolution_forward::shape::THREADS, tensor_convolution_forward::shape::COLUMNS,  \
              tensor_convolution_forward::shape::ROWS, 1)

TENSOR_FORWARD(convolution_forward_bf16, Bfloat16, Shape)
TENSOR_FORWARD(convolution_forward_tf32, Tf32, Shape)
TENSOR_FORWARD(convolution_forward_3xtf32, Tf32x3, Shape)
#if !SIMT_FAT
TENSOR_FORWARD(convolution_forward_bf16_wide, Bfloat16, Wide)
TENSOR_FORWARD(convolution_forward_tf32_wide, Tf32, Wide)
TENSOR_FORWARD(convolution_forward_3xtf32_wide, Tf32x3, Wide)
#endif

#undef TENSOR_FORWARD
