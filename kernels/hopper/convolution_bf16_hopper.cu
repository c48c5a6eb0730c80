// convolution_bf16_hopper.cu: a convolution of packed images in bfloat16 by Hopper's copies and products,
//   y[n][k][place(p, q)] = f(bias[k] + addend[n][k][place(p, q)]
//                            + sum_{i,j,c} x[n][c][row + p stride + i][column + q stride + j] w[tap(i,
//                            j)][k][c]),
//   place(p, q) = (outRow + p outStep, outColumn + q outStep),  tap(i, j) = firstTap + i tapRowStep + j
//   tapColumnStep, f(v) = v, or slope v where v < 0; x is 0 outside the image.
//
// Forward: every tap of the filter, row = column = -padding. By the data: of the output's gradient, with
// filters packed by channel and taps in falling order; for a stride of s the s^2 classes of pixels that meet
// the same taps are launches of their own, which write every s-th pixel (residue_class.cuh).
//
// Shapes: x bfloat16 [images][height][width][channels] and w [taps][filters][channels], of which the kernel
// gets tensor maps; channels a multiple of 8. y, addend [images][filters][outHeight][outWidth], bias
// [filters] in single precision; bias and addend may be null.
//
// An implicit matrix product: rows are 128 positions of the filter over all images, columns 64 to 256
// filters, depth 64 channels under one tap. The engine gathers the rows by itself (im2col), and what the last
// channels lack is copied as 0, and half a step of them is not multiplied. Tiles of all filters follow each
// other, so that the images that they read stay in the second-level cache. 160 columns fit networks whose
// widths are multiples of 160.
//
// Geometry: x = blocks, which share the tiles; the result does not depend on their number. The number in the
// name is that of columns.
//
// Deterministic: sums run over ascending taps and channels.
//
// Source: Chetlur et al., "cuDNN: Efficient Primitives for Deep Learning", 2014 (implicit product).
#include "hopper_pipeline.cuh"

#if SIMT_HOPPER
namespace convolution_bf16_hopper_kernel {
struct Sizes {
  int images, rows, columns, channels, filters;
  int stride, firstRow, firstColumn;
  int tapRows, tapColumns, firstTap, tapRowStep, tapColumnStep;
  int outHeight, outWidth, outStep, outRow, outColumn;
};

template <class Shape>
struct Forward {
  struct Tile {
    int steps, stepsOfRun, position, filter;
  };

  const hopper::TensorMap &imageMap, &filterMap;
  float* __restrict__ output;
  const float* __restrict__ bias;
  const float* __restrict__ addend;
  Sizes s;
  float slope;

  __device__ __forceinline__ int blocksOfChannels() const {
    return (s.channels + Shape::DEPTH - 1) / Shape::DEPTH;
  }
  __device__ __forceinline__ int filterTiles() const {
    return (s.filters + Shape::COLUMNS - 1) / Shape::COLUMNS;
  }
  __device__ __forceinline__ int positions() const { return s.images * s.rows * s.columns; }
  __device__ __forceinline__ int tiles() const {
    return (positions() + Shape::ROWS - 1) / Shape::ROWS * filterTiles();
  }
  __device__ __forceinline__ Tile tile(int number) const {
    const int across = filterTiles(), row = number / across;
    const int blocks = blocksOfChannels();
    return {s.tapRows * s.tapColumns * blocks, blocks, row * Shape::ROWS,
            (number - row * across) * Shape::COLUMNS};
  }

  __device__ __forceinline__ void copy(void* left, void* right, hopper::Barrier* barrier, const Tile& tile,
                                       int step) const {
    const int blocks = blocksOfChannels(), tap = step / blocks,
              channel = (step - tap * blocks) * Shape::DEPTH;
    const int i = tap / s.tapColumns, j = tap - i * s.tapColumns;
    const int plane = s.rows * s.columns, n = tile.position / plane, pq = tile.position - n * plane,
              p = pq / s.columns, q = pq - p * s.columns;
    hopper::copyPatches(left, imageMap, barrier, channel, s.firstColumn + q * s.stride,
                        s.firstRow + p * s.stride, n, j, i);
    hopper::copyBox(right, filterMap, barrier, channel, tile.filter,
                    s.firstTap + i * s.tapRowStep + j * s.tapColumnStep);
  }

  __device__ __forceinline__ bool endsInHalf() const {
    return s.channels % Shape::DEPTH != 0 && s.channels % Shape::DEPTH <= Shape::DEPTH / 2;
  }

  __device__ __forceinline__ float finish(long long place, int filter, float sum) const {
    float v = bias ? sum + bias[filter] : sum;
    if (addend) v += addend[place];
    return v < 0.0f ? slope * v : v;
  }

  __device__ __forceinline__ void store(const Tile& tile, int row,
                                        const float (&sums)[Shape::COLUMNS / 2]) const {
    const int lane = threadIdx.x % 32, plane = s.rows * s.columns;
    const long long pitch = (long long)s.outHeight * s.outWidth;
    SIMT_UNROLL
    for (int half = 0; half < 2; ++half) {
      const int position = tile.position + row + threadIdx.x / 32 % 4 * 16 + half * 8 + lane / 4;
      if (position >= positions()) continue;
      const int n = position / plane, pq = position - n * plane, p = pq / s.columns, q = pq - p * s.columns;
      const long long begin = (long long)n * s.filters * pitch +
                              (long long)(s.outRow + p * s.outStep) * s.outWidth + s.outColumn +
                              q * s.outStep;
      SIMT_UNROLL
      for (int i = 0; i < Shape::COLUMNS / 4; ++i) {
        const int filter = tile.filter + i / 2 * 8 + lane % 4 * 2 + i % 2;
        const long long place = begin + filter * pitch;
        if (filter < s.filters) output[place] = finish(place, filter, sums[i / 2 * 4 + half * 2 + i % 2]);
      }
    }
  }
};
}  // namespace convolution_bf16_hopper_kernel

#define CONVOLUTION_BF16_HOPPER(name, width)                                                                \
  extern "C" __global__ void __launch_bounds__(384, 1)                                                      \
      name(float* output, const __grid_constant__ hopper::TensorMap images,                                 \
           const __grid_constant__ hopper::TensorMap filters, const float* bias, const float* addend,       \
           int imageCount, int rows, int columns, int channels, int filterCount, int stride, int firstRow,  \
           int firstColumn, int tapRows, int tapColumns, int firstTap, int tapRowStep, int tapColumnStep,   \
           int outHeight, int outWidth, int outStep, int outRow, int outColumn, float slope) {              \
    using Shape = hopper::Pipeline<width, false>;                                                           \
    Shape::run(convolution_bf16_hopper_kernel::Forward<Shape>{                                              \
        images,                                                                                             \
        filters,                                                                                            \
        output,                                                                                             \
        bias,                                                                                               \
        addend,                                                                                             \
        {imageCount, rows, columns, channels, filterCount, stride, firstRow, firstColumn, tapRows,          \
         tapColumns, firstTap, tapRowStep, tapColumnStep, outHeight, outWidth, outStep, outRow, outColumn}, \
        slope});                                                                                            \
  }                                                                                                         \
  SIMT_KERNEL_SHARED(name, 384, 1, 1, 1, (hopper::Pipeline<width, false>::SHARED_BYTES))

CONVOLUTION_BF16_HOPPER(convolution_bf16_hopper_64, 64)
CONVOLUTION_BF16_HOPPER(convolution_bf16_hopper_128, 128)
CONVOLUTION_BF16_HOPPER(convolution_bf16_hopper_160, 160)
CONVOLUTION_BF16_HOPPER(convolution_bf16_hopper_256, 256)
#endif
