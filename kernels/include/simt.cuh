// The one header that every kernel includes: CUDA C++ that nvcc, NVRTC and the host compiler accept alike.
//
// Three expansions of the same source:
//   GPU            nvcc or NVRTC; the macros below are almost empty.
//   CPU, fibers    each CUDA thread is a fiber (native/simt); the GPU's block shapes, for tests.
//   CPU, fat       SIMT_FAT=1: few threads per block that each do the work of many, for speed.
// A kernel chooses its shape constants by SIMT_FAT and is otherwise written once.
#pragma once

#if defined(__CUDACC__)
#define SIMT_GPU 1
#else
#define SIMT_GPU 0
#endif

#if !defined(SIMT_FAT)
#define SIMT_FAT 0
#endif

#if SIMT_GPU
#if defined(__CUDACC_RTC__)
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
#else
#include <stdint.h>
#endif

#define SIMT_UNROLL _Pragma("unroll")
#define SIMT_LANES
#define SIMT_SHARED(type, name, dims) __shared__ __align__(16) type name dims
#define SIMT_EXPORT(name, oncePerBlock)

#else
#include "simt/device/language.h"

#if defined(__clang__)
#define SIMT_UNROLL _Pragma("clang loop unroll(full)")
#define SIMT_LANES _Pragma("clang loop vectorize(assume_safety)")
#else
#define SIMT_UNROLL _Pragma("GCC unroll 64")
#define SIMT_LANES _Pragma("GCC ivdep")
#endif
#endif

// SIMT_SHARED(float, tile, [16][32]) declares a block's shared array: static size, trivial type, no initial
// value. SIMT_UNROLL before a loop of constant length unrolls it. SIMT_LANES before a loop promises that its
// iterations are independent, so that they may become vector lanes.

// SIMT_TILE_LOOP(i, begin, end) statement;
// Runs the statement for every i in [begin, end) exactly once over the threads of the block, in any order and
// concurrently. GPU shape: neighbouring threads take neighbouring i. Fat shape: each thread takes one
// contiguous piece.
#define SIMT_INDEX(begin, end) decltype((begin) + (end))
#if SIMT_FAT
#define SIMT_TILE_LOOP(i, begin, end)                                                         \
  SIMT_LANES                                                                                  \
  for (SIMT_INDEX(begin, end) i = ::simt::pieceBegin<SIMT_INDEX(begin, end)>(begin, end),     \
                              i##_end = ::simt::pieceEnd<SIMT_INDEX(begin, end)>(begin, end); \
       i < i##_end; ++i)
#else
#define SIMT_TILE_LOOP(i, begin, end)                                                       \
  for (SIMT_INDEX(begin, end) i = (begin) + (SIMT_INDEX(begin, end))threadIdx.x; i < (end); \
       i += (SIMT_INDEX(begin, end))blockDim.x)
#endif

// Phases: the body of a tiled matrix product is a sequence of phases with a barrier after each.
//   SIMT_PHASE(t, THREADS) ...statements of thread t... SIMT_SYNC       (a barrier ends the phase)
//   SIMT_PHASE(t, THREADS) ...statements of thread t... SIMT_NOSYNC     (no barrier is needed)
//   SIMT_PRIVATE(type, name, THREADS, dims) declares what each thread keeps across phases; SIMT_PRIV(name, t)
//   is it.
// GPU and fibers: straight code. Fat: every phase is a loop over the block's threads, the kernel is called
// once a block.
#if SIMT_FAT
#define SIMT_PHASE(t, THREADS) for (int t = 0; t < (THREADS); ++t) {
#define SIMT_SYNC }
#define SIMT_NOSYNC }
#define SIMT_PRIVATE(type, name, THREADS, dims) alignas(64) type name##_private[THREADS] dims
#define SIMT_PRIV(name, t) name##_private[t]
#else
#define SIMT_PHASE(t, THREADS)      \
  {                                 \
    const int t = (int)threadIdx.x; \
    (void)t;
#define SIMT_SYNC \
  }               \
  __syncthreads();
#define SIMT_NOSYNC }
#define SIMT_PRIVATE(type, name, THREADS, dims) type name##_private[1] dims
#define SIMT_PRIV(name, t) name##_private[0]
#endif

// SIMT_KERNEL(name, threads, tileX, tileY, tileZ) after the definition of `extern "C" __global__ void
// name(...)` exports the kernel with its geometry, which the host reads from the module's global
// `name_geometry`: grid = ceil(work extent / tile) per axis, block = threads; block b works on [b * tile,
// min(extent, (b + 1) * tile)). SIMT_KERNEL_PHASES is the same for a kernel whose every statement stands in a
// phase.
#if SIMT_GPU
#define SIMT_GEOMETRY(name, threads, tileX, tileY, tileZ) \
  extern "C" __device__ int name##_geometry[4];           \
  __device__ int name##_geometry[4] = {threads, tileX, tileY, tileZ};
#else
#define SIMT_GEOMETRY(name, threads, tileX, tileY, tileZ)                   \
  extern "C" __attribute__((visibility("default"))) int name##_geometry[4]; \
  int name##_geometry[4] = {threads, tileX, tileY, tileZ};
#endif
#define SIMT_KERNEL(name, threads, tileX, tileY, tileZ) \
  SIMT_GEOMETRY(name, threads, tileX, tileY, tileZ)     \
  SIMT_EXPORT(name, false)
#define SIMT_KERNEL_PHASES(name, threads, tileX, tileY, tileZ) \
  SIMT_GEOMETRY(name, threads, tileX, tileY, tileZ)            \
  SIMT_EXPORT(name, SIMT_FAT)
