// One loop over n elements: x extent n, a block takes TILE of them.
#pragma once
#include "math.cuh"

namespace elementwise {

constexpr int THREADS = SIMT_FAT ? 1 : 256, TILE = SIMT_FAT ? 8192 : 1024;

// body(i) once for every i of this block's tile of [0, n).
template <class Body>
__device__ __forceinline__ void for_each(long long n, Body body) {
  const long long begin = (long long)blockIdx.x * TILE, end = begin + TILE < n ? begin + TILE : n;
  SIMT_TILE_LOOP(i, begin, end) body(i);
}

// body(i, x[i], e^-|x[i]|) in the same way: the form of sigmoid and of all that is made of it. The fat thread
// takes exponentials of many elements in stages.
template <class Body>
__device__ __forceinline__ void for_each_exponential(long long n, const float* x, Body body) {
  constexpr int LANES = SIMT_FAT ? 64 : 1;
  const long long begin = (long long)blockIdx.x * TILE, end = begin + TILE < n ? begin + TILE : n;
  const int thread = SIMT_FAT ? 0 : (int)threadIdx.x;
  for (long long i = begin + thread; i < end; i += SIMT_FAT ? LANES : THREADS) {
    const int count = SIMT_FAT && end - i < LANES ? (int)(end - i) : LANES;
    float argument[LANES], exponential[LANES];
    SIMT_LANES
    for (int l = 0; l < count; ++l) argument[l] = -math::absolute(x[i + l]);
    for (int l = count; l < LANES; ++l) argument[l] = 0.0f;
    math::exp_of_negatives(argument, exponential);
    SIMT_LANES
    for (int l = 0; l < count; ++l) body(i + l, x[i + l], exponential[l]);
  }
}

}  // namespace elementwise

#define ELEMENTWISE_KERNEL(name) SIMT_KERNEL(name, elementwise::THREADS, elementwise::TILE, 1, 1)
