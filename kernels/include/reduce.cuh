// Sums and maxima over the threads of a block, in an order that depends on the sizes only: the same bits on
// every run.
#pragma once
#include "simt.cuh"

namespace reduce {

struct Add {
  static constexpr float NEUTRAL = 0.0f;
  __device__ __forceinline__ float operator()(float a, float b) const { return a + b; }
};
// NaN wins, so that a broken row is seen.
struct Maximum {
  static constexpr float NEUTRAL = -3.402823466e38f;
  __device__ __forceinline__ float operator()(float a, float b) const { return a > b || a != a ? a : b; }
};

// Folds one value per thread to one value that every thread gets: a butterfly inside each warp, then the
// warps in order.
template <int THREADS, class Op>
__device__ __forceinline__ float across_threads(float value, Op op) {
  if constexpr (THREADS > 1) {
    SIMT_SHARED(float, partial, [THREADS / 32]);
    SIMT_UNROLL
    for (int distance = 16; distance > 0; distance >>= 1)
      value = op(value, __shfl_xor_sync(0xffffffffu, value, distance));
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = value;
    __syncthreads();
    value = partial[0];
    for (int warp = 1; warp < THREADS / 32; ++warp) value = op(value, partial[warp]);
    __syncthreads();  // the next fold reuses partial
  }
  return value;
}

// Folds value(0) .. value(n - 1) over the block; every thread gets the result. On the CPU's fat thread 32
// lanes run side by side, because the compiler may not reorder a float sum by itself.
template <int THREADS, class Op, class Value>
__device__ __forceinline__ float over_range(long long n, Op op, Value value) {
  if constexpr (!SIMT_FAT) {
    float folded = Op::NEUTRAL;
    for (long long i = threadIdx.x; i < n; i += THREADS) folded = op(folded, value(i));
    return across_threads<THREADS>(folded, op);
  } else {
    constexpr int LANES = 32;
    float lane[LANES];
    SIMT_LANES
    for (int l = 0; l < LANES; ++l) lane[l] = Op::NEUTRAL;
    long long i = 0;
    for (; i + LANES <= n; i += LANES) {
      SIMT_LANES
      for (int l = 0; l < LANES; ++l) lane[l] = op(lane[l], value(i + l));
    }
    const int tail = (int)(n - i);
    SIMT_LANES
    for (int l = 0; l < tail; ++l) lane[l] = op(lane[l], value(i + l));
    SIMT_UNROLL
    for (int width = LANES / 2; width > 0; width /= 2) {
      SIMT_LANES
      for (int l = 0; l < width; ++l) lane[l] = op(lane[l], lane[l + width]);
    }
    return lane[0];
  }
}

template <int THREADS, class Value>
__device__ __forceinline__ float sum(long long n, Value value) {
  return over_range<THREADS>(n, Add{}, value);
}
template <int THREADS, class Value>
__device__ __forceinline__ float maximum(long long n, Value value) {
  return over_range<THREADS>(n, Maximum{}, value);
}

}  // namespace reduce
