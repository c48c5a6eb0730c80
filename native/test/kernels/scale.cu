// data[i] = factor * data[i]: one thread an element.
#include "simt.cuh"

extern "C" __global__ void scale(float* data, float factor, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) data[i] *= factor;
}
SIMT_KERNEL(scale, 128, 128, 1, 1)

// Writes begin + i for each i of the block's tile, through the tile loop.
namespace iota {
constexpr int THREADS = SIMT_FAT ? 1 : 64;
constexpr int TILE = 1000;
}  // namespace iota

extern "C" __global__ void iota_tiles(int* output, long long n, int begin) {
  const long long first = (long long)blockIdx.x * iota::TILE;
  const long long last = first + iota::TILE < n ? first + iota::TILE : n;
  SIMT_TILE_LOOP(i, first, last) output[i] = begin + (int)i;
}
SIMT_KERNEL(iota_tiles, iota::THREADS, iota::TILE, 1, 1)

// output[b] after many steps of x -> 1 - 2 x^2: work that needs no memory.
extern "C" __global__ void iterate_map(float* output, int steps) {
  float x = 0.3f + 1e-4f * blockIdx.x;
  for (int i = 0; i < steps; ++i) x = fmaf(-2.0f * x, x, 1.0f);
  output[blockIdx.x] = x;
}
SIMT_KERNEL(iterate_map, 1, 1, 1, 1)

extern "C" __global__ void nothing(int* unused) { (void)unused; }
SIMT_KERNEL(nothing, 1, 1, 1, 1)

// Reverses n floats in place, through dynamic shared memory: one block.
extern "C" __global__ void reverse_dynamic(float* data, int n) {
  SIMT_DYNAMIC_SHARED(memory);
  float* values = reinterpret_cast<float*>(memory);
  SIMT_TILE_LOOP(i, 0, n) values[i] = data[i];
  __syncthreads();
  SIMT_TILE_LOOP(i, 0, n) data[i] = values[n - 1 - i];
}
SIMT_KERNEL_SHARED(reverse_dynamic, 128, 1, 1, 1, 100 << 10)
