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
#define SIMT_DYNAMIC_SHARED(name)                                        \
  extern __shared__ __align__(1024) unsigned char simt_dynamic_memory[]; \
  unsigned char* const name = simt_dynamic_memory
#define SIMT_EXPORT(name)

__device__ inline long long simt_nanoseconds() {
  long long now;
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(now));
  return now;
}

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

// simt_nanoseconds() reads the device's timer, which counts from an unknown moment.

// SIMT_DYNAMIC_SHARED(name) declares `unsigned char* name`, the dynamic shared memory of the block, aligned
// to 1024 bytes; its kernel is exported by SIMT_KERNEL_SHARED, which states how much there is. It is for
// kernels that need more than the 48 KiB that arrays may have.

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

// SIMT_KERNEL(name, threads, tileX, tileY, tileZ) after the definition of `extern "C" __global__ void
// name(...)` exports the kernel with its geometry, which the host reads from the module's global
// `name_geometry`: grid = ceil(work extent / tile) per axis, block = threads; block b works on
// [b * tile, min(extent, (b + 1) * tile)).
#if SIMT_GPU
#define SIMT_GLOBAL __device__
#else
#define SIMT_GLOBAL __attribute__((visibility("default")))
#endif
#define SIMT_KERNEL(name, threads, tileX, tileY, tileZ)                \
  extern "C" SIMT_GLOBAL int name##_geometry[4];                       \
  SIMT_GLOBAL int name##_geometry[4] = {threads, tileX, tileY, tileZ}; \
  SIMT_EXPORT(name)

// SIMT_KERNEL_SHARED(name, threads, tileX, tileY, tileZ, bytes): the same for a kernel with that much dynamic
// shared memory, which the host reads from the module's global `name_shared` and asks for.
#define SIMT_KERNEL_SHARED(name, threads, tileX, tileY, tileZ, bytes) \
  extern "C" SIMT_GLOBAL int name##_shared[1];                        \
  SIMT_GLOBAL int name##_shared[1] = {bytes};                         \
  SIMT_KERNEL(name, threads, tileX, tileY, tileZ)

// Whether this image has Hopper's asynchronous copies and products: GPUs of capability 9.0 do, and fibers
// define them portably (hopper_*.cuh).
#if (SIMT_GPU && defined(__CUDA_ARCH_FEAT_SM90_ALL)) || (!SIMT_GPU && !SIMT_FAT)
#define SIMT_HOPPER 1
#else
#define SIMT_HOPPER 0
#endif
