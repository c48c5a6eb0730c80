// circular_shift: moves all maps in[maps, height, width] by one random shift, around the edges:
//   out[m, y, x] = in[m, (y - sign dy) mod height, (x - sign dx) mod width],
//   dy, dx uniform on {-reach .. reach}, a function of (seed, counter[0]); sign = 1, or -1 for the adjoint.
// Jitter that averages out what a strided network does to some pixels only (Mordvintsev et al.,
// "Inceptionism", 2015). A block per map, x extent maps; reach < height, width. 8 bytes per element.
#include "philox.cuh"

namespace circular_shift_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 32;

// Where a row or column of the result starts reading: -sign shift mod extent.
__device__ __forceinline__ int start(unsigned int word, int reach, int sign, int extent) {
  const int shift = (int)(word % (unsigned int)(2 * reach + 1)) - reach;
  const int from = -sign * shift;
  return from < 0 ? from + extent : from;
}

}  // namespace circular_shift_kernels

extern "C" __global__ void circular_shift(float* out, const float* in, const unsigned int* counter,
                                          int height, int width, int reach, int sign,
                                          unsigned long long seed) {
  const philox::Block words = philox::words(philox::stream(seed, 0u, counter[0], philox::PURPOSE_SHIFT), 0u);
  const int top = circular_shift_kernels::start(words.x, reach, sign, height),
            left = circular_shift_kernels::start(words.y, reach, sign, width), rest = width - left;
  const long long map = (long long)blockIdx.x * height * width;
  for (int y = 0; y < height; ++y) {
    const float* source = in + map + (y + top < height ? y + top : y + top - height) * (long long)width;
    float* target = out + map + y * (long long)width;
    SIMT_TILE_LOOP(x, 0, rest) target[x] = source[x + left];
    SIMT_TILE_LOOP(x, rest, width) target[x] = source[x - rest];
  }
}
SIMT_KERNEL(circular_shift, circular_shift_kernels::THREADS, 1, 1, 1)
