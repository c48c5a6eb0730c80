// convolution_filter_bf16_hopper.cu: the gradient of a convolution by its filter, of packed images in
// bfloat16, by Hopper's copies and products:
//   partial[z][t][k][c] = the part of the z-th pixelsPerSplit pixels of
//                         sum_{n,p,q} dy[n][p][q][k] x[n][p stride + r - padding][q stride + s - padding][c],
//   t = r filterWidth + s
//
//   convolution_filter_bf16_hopper_sum:  dw[k][c][t] = partial[0][t][k][c] + partial[1][t][k][c] + ..,
//                                       0 in the `results` - 1 arrays of the same size that follow dw
//
// Shapes: dy bfloat16 [pixels][filters], x [images][height][width][channels], of which the kernel gets tensor
// maps; filters and channels multiples of 8. partial and dw in single precision.
//
// A matrix product over pixels: rows are 128 filters, columns 64 or 128 channels under one tap, depth 64
// pixels. Both operands stand in shared memory as they lie in memory, pixels in rows, and are multiplied
// transposed. The sum over pixels is long and dw small, so it is split.
//
// Geometry: x = blocks, which share the tiles of all taps and splits; of the sum x = results |dw|.
//
// Deterministic: a split runs over ascending pixels, the sum over ascending splits, and pixelsPerSplit, a
// multiple of 64, depends on the shape only.
//
// Source: as convolution_bf16_hopper.cu; split-k as in CUTLASS.
#include "hopper_pipeline.cuh"

#if SIMT_HOPPER
namespace convolution_filter_bf16_hopper_kernel {
constexpr int SUM_THREADS = 256;

struct Sizes {
  int pixels, rows, columns, channels, filters, filterRows, filterColumns, stride, padding, pixelsPerSplit;
};

template <class Shape>
struct ByFilter {
  struct Tile {
    int steps, stepsOfRun, split, tap, filter, channel, firstPixel;
  };

  const hopper::TensorMap &gradientMap, &imageMap;
  float* __restrict__ partial;
  Sizes s;

  __device__ __forceinline__ int filterTiles() const { return (s.filters + Shape::ROWS - 1) / Shape::ROWS; }
  __device__ __forceinline__ int channelTiles() const {
    return (s.channels + Shape::COLUMNS - 1) / Shape::COLUMNS;
  }
  __device__ __forceinline__ int taps() const { return s.filterRows * s.filterColumns; }
  __device__ __forceinline__ int tiles() const {
    return (s.pixels + s.pixelsPerSplit - 1) / s.pixelsPerSplit * taps() * filterTiles() * channelTiles();
  }
  __device__ __forceinline__ Tile tile(int number) const {
    const int across = channelTiles(), down = filterTiles();
    const int rest = number / across, channel = number - rest * across;
    const int item = rest / down, filter = rest - item * down;
    const int split = item / taps(), tap = item - split * taps(), first = split * s.pixelsPerSplit;
    const int count = min(s.pixelsPerSplit, s.pixels - first);
    const int steps = (count + Shape::DEPTH - 1) / Shape::DEPTH;
    return {steps, steps, split, tap, filter * Shape::ROWS, channel * Shape::COLUMNS, first};
  }

  __device__ __forceinline__ void copy(unsigned char* left, unsigned char* right, hopper::Barrier* barrier,
                                       const Tile& tile, int step) const {
    const int pixel = tile.firstPixel + step * Shape::DEPTH;
    const int plane = s.rows * s.columns, n = pixel / plane, pq = pixel - n * plane, p = pq / s.columns,
              q = pq - p * s.columns;
    const int r = tile.tap / s.filterColumns;
    for (int block = 0; block < Shape::LEFT_BYTES / Shape::BLOCK_BYTES; ++block)
      hopper::copyBox(left + block * Shape::BLOCK_BYTES, gradientMap, barrier, tile.filter + 64 * block,
                      pixel);
    for (int block = 0; block < Shape::RIGHT_BYTES / Shape::BLOCK_BYTES; ++block)
      hopper::copyPatches(right + block * Shape::BLOCK_BYTES, imageMap, barrier, tile.channel + 64 * block,
                          q * s.stride - s.padding, p * s.stride - s.padding, n,
                          tile.tap - r * s.filterColumns, r);
  }

  __device__ __forceinline__ bool endsInHalf() const { return false; }

  __device__ __forceinline__ void store(const Tile& tile, int row,
                                        const float (&sums)[Shape::COLUMNS / 2]) const {
    const int lane = threadIdx.x % 32;
    SIMT_UNROLL
    for (int half = 0; half < 2; ++half) {
      const int filter = tile.filter + row + threadIdx.x / 32 % 4 * 16 + half * 8 + lane / 4;
      if (filter >= s.filters) continue;
      float* begin =
          partial + (((long long)tile.split * taps() + tile.tap) * s.filters + filter) * s.channels;
      SIMT_UNROLL
      for (int i = 0; i < Shape::COLUMNS / 4; ++i) {
        const int channel = tile.channel + i / 2 * 8 + lane % 4 * 2 + i % 2;
        if (channel < s.channels) begin[channel] = sums[i / 2 * 4 + half * 2 + i % 2];
      }
    }
  }
};
}  // namespace convolution_filter_bf16_hopper_kernel

#define CONVOLUTION_FILTER_BF16_HOPPER(name, width)                                                      \
  extern "C" __global__ void __launch_bounds__(384, 1) name(                                             \
      float* partial, const __grid_constant__ hopper::TensorMap gradients,                               \
      const __grid_constant__ hopper::TensorMap images, int pixels, int rows, int columns, int channels, \
      int filters, int filterRows, int filterColumns, int stride, int padding, int pixelsPerSplit) {     \
    using Shape = hopper::Pipeline<width, true>;                                                         \
    Shape::run(convolution_filter_bf16_hopper_kernel::ByFilter<Shape>{                                   \
        gradients,                                                                                       \
        images,                                                                                          \
        partial,                                                                                         \
        {pixels, rows, columns, channels, filters, filterRows, filterColumns, stride, padding,           \
         pixelsPerSplit}});                                                                              \
  }                                                                                                      \
  SIMT_KERNEL_SHARED(name, 384, 1, 1, 1, (hopper::Pipeline<width, true>::SHARED_BYTES))

CONVOLUTION_FILTER_BF16_HOPPER(convolution_filter_bf16_hopper_64, 64)
CONVOLUTION_FILTER_BF16_HOPPER(convolution_filter_bf16_hopper_128, 128)
CONVOLUTION_FILTER_BF16_HOPPER(convolution_filter_bf16_hopper_160, 160)

extern "C" __global__ void __launch_bounds__(convolution_filter_bf16_hopper_kernel::SUM_THREADS)
    convolution_filter_bf16_hopper_sum(float* gradient, const float* partial, int filters, int channels,
                                       int packedChannels, int taps, int splits, int results) {
  const int elements = filters * channels * taps;
  const int i = blockIdx.x * blockDim.x + threadIdx.x;  // counts dw[k][c][t]
  if (i >= elements) {
    if (i < elements * results) gradient[i] = 0.0f;
    return;
  }
  const int kc = i / taps, t = i - kc * taps, k = kc / channels, c = kc - k * channels;
  const long long pitch = (long long)taps * filters * packedChannels;
  const float* place = partial + ((long long)t * filters + k) * packedChannels + c;
  float sum = place[0];
  for (int z = 1; z < splits; ++z) sum += place[z * pitch];
  gradient[i] = sum;
}
SIMT_KERNEL(convolution_filter_bf16_hopper_sum, convolution_filter_bf16_hopper_kernel::SUM_THREADS,
            convolution_filter_bf16_hopper_kernel::SUM_THREADS, 1, 1)
#endif
