// CUDA C++ for the host compiler: qualifiers, built-in variables and functions that kernels use.
#pragma once

#include <math.h>
#include <stdint.h>

#include "atomics.h"
#include "image.h"
#include "intrinsics.h"
#include "runtime.h"
#include "shared.h"
#include "warp.h"

#define __global__
#define __device__
#define __host__
#define __constant__ static
#define __grid_constant__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))

#define threadIdx (simt_thread.threadIdx)
#define blockIdx (simt_thread.blockIdx)
#define blockDim (simt_thread.blockDim)
#define gridDim (simt_thread.gridDim)
#define warpSize 32

#if SIMT_FAT && defined(__x86_64__) && !defined(__FMA__)
// Without the instruction fmaf is a call of the C library for every element, and no loop around it is
// vectorised.
#define fmaf(a, b, c) ((a) * (b) + (c))
#endif

#define SIMT_STRING_OF(x) #x
#define SIMT_STRING(x) SIMT_STRING_OF(x)
#define __syncthreads() simt_barrier(__FILE__ ":" SIMT_STRING(__LINE__))

namespace simt {

// Piece of [begin, end) that belongs to the calling thread; pieces are multiples of a vector of 16 floats.
template <class Index>
inline Index pieceStart(Index begin, Index end, Index thread, Index threads) {
  const Index piece = ((end - begin + threads - 1) / threads + 15) / 16 * 16;
  const Index start = begin + piece * thread;
  return start < end ? start : end;
}

template <class Index>
inline Index pieceBegin(Index begin, Index end) {
  if (blockDim.x == 1) return begin;
  return begin < end ? pieceStart<Index>(begin, end, threadIdx.x, blockDim.x) : end;
}

template <class Index>
inline Index pieceEnd(Index begin, Index end) {
  if (blockDim.x == 1) return end;
  return begin < end ? pieceStart<Index>(begin, end, threadIdx.x + 1, blockDim.x) : end;
}

}  // namespace simt
