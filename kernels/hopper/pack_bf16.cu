// pack_bf16.cu: what the convolutions of convolution_bf16_hopper.cu read, in bfloat16 with the channels
// innermost and filled up with zeros to a multiple of 8, as copies by tensor maps need them.
//
//   pack_images_bf16:  packed[n][p][c] = x[n][c][p], 0 for c from channels on
//   pack_filter_bf16:  packed[t][i][j] = w[i rowPitch + j columnPitch + t], 0 for j from columns on: with
//   rows the
//                      filters and columns the channels, or the other way round
//
// Shapes: x [images][channels][pixels]; packed [images][pixels][packedChannels]; w with its taps innermost;
// packed [taps][rows][packedColumns].
//
// Bytes 4 |x| + 2 |packed|.
//
// Geometry of the images: x = pixels, y = packed channels, z = images; 32 x 32 tiles through shared memory,
// so that both sides are read and written in whole lines. Of the filter: x = |packed|.
//
// Rounded to nearest, ties to even.
#include "rounding.cuh"

#if SIMT_HOPPER
namespace pack_bf16_kernel {
constexpr int TILE = 32, THREADS = 256;

__device__ __forceinline__ unsigned short rounded(float value) {
  return (unsigned short)rounding::bfloat16Bits(__float_as_uint(value));
}
}  // namespace pack_bf16_kernel

extern "C" __global__ void __launch_bounds__(pack_bf16_kernel::THREADS)
    pack_images_bf16(unsigned short* packed, const float* images, int channels, int packedChannels,
                     int pixels) {
  using namespace pack_bf16_kernel;
  SIMT_SHARED(float, tile, [TILE][TILE + 1]);
  const int pixel0 = blockIdx.x * TILE, channel0 = blockIdx.y * TILE, column = threadIdx.x % TILE;
  const long long n = blockIdx.z;
  for (int row = threadIdx.x / TILE; row < TILE; row += THREADS / TILE) {
    const int channel = channel0 + row, pixel = pixel0 + column;
    tile[row][column] =
        channel < channels && pixel < pixels ? images[(n * channels + channel) * pixels + pixel] : 0.0f;
  }
  __syncthreads();
  for (int row = threadIdx.x / TILE; row < TILE; row += THREADS / TILE) {
    const int pixel = pixel0 + row, channel = channel0 + column;
    if (pixel < pixels && channel < packedChannels)
      packed[(n * pixels + pixel) * packedChannels + channel] = rounded(tile[column][row]);
  }
}
SIMT_KERNEL(pack_images_bf16, pack_bf16_kernel::THREADS, pack_bf16_kernel::TILE, pack_bf16_kernel::TILE, 1)

extern "C" __global__ void __launch_bounds__(pack_bf16_kernel::THREADS)
    pack_filter_bf16(unsigned short* packed, const float* filter, int rows, int columns, int packedColumns,
                     int taps, int rowPitch, int columnPitch) {
  using namespace pack_bf16_kernel;
  const int i = blockIdx.x * THREADS + threadIdx.x;
  if (i >= taps * rows * packedColumns) return;
  const int ri = i / packedColumns, j = i - ri * packedColumns, t = ri / rows, row = ri - t * rows;
  packed[i] =
      rounded(j < columns ? filter[(long long)row * rowPitch + (long long)j * columnPitch + t] : 0.0f);
}
SIMT_KERNEL(pack_filter_bf16, pack_bf16_kernel::THREADS, pack_bf16_kernel::THREADS, 1, 1)
#endif
