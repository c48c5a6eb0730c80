// One loop over n elements: x extent n, a block takes TILE of them.
#pragma once
#include "simt.cuh"

namespace elementwise {

constexpr int THREADS = SIMT_FAT ? 1 : 256, TILE = SIMT_FAT ? 8192 : 1024;

// body(i) once for every i of this block's tile of [0, n).
template <class Body>
__device__ __forceinline__ void for_each(long long n, Body body) {
  const long long begin = (long long)blockIdx.x * TILE, end = begin + TILE < n ? begin + TILE : n;
  SIMT_TILE_LOOP(i, begin, end) body(i);
}

}  // namespace elementwise

#define ELEMENTWISE_KERNEL(name) SIMT_KERNEL(name, elementwise::THREADS, elementwise::TILE, 1, 1)
