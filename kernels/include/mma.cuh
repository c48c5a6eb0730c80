// mma.cuh: the matrix instructions of a warp (sm_80 and later), as thin wrappers. The CPU's fibers run
// portable definitions with the same registers in the same lanes, so that layouts are tested without a GPU.
//
// Registers, with g = lane / 4 and t = lane % 4; a word holds two bfloat16 (the lower half first) or one
// TensorFloat-32, so P = 2 or 1 neighbours in depth:
//   a[0], a[1], a[2], a[3]: rows g, g + 8, g, g + 8; depths P t.., P t.., P (t + 4).., P (t + 4)..
//   b[0], b[1]:             column g; depths P t.., P (t + 4)..
//   d[0], d[1], d[2], d[3]: rows g, g, g + 8, g + 8; columns 2 t, 2 t + 1, 2 t, 2 t + 1
//
// Source: PTX ISA 8.5, sections 9.7.14.4.8 (m16n8k8), 9.7.14.4.10 (m16n8k16), 9.7.14.4.15 (ldmatrix).
#pragma once
#include "rounding.cuh"
#include "shared_access.cuh"

#if !SIMT_GPU && !SIMT_FAT
#include <string.h>

#include "simt/device/exchange.h"
#endif

#if !SIMT_FAT
namespace mma {

constexpr int ROWS = 16, COLUMNS = 8;

#if SIMT_GPU

// d += a b over a depth of 16.
__device__ __forceinline__ void addBfloat16(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
#if SIMT_TENSOR_CORES
  asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3},{%4,%5,%6,%7},{%8,%9},{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  __trap();  // the host offers these kernels to no such device
#endif
}

// d += a b over a depth of 8.
__device__ __forceinline__ void addTf32(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
#if SIMT_TENSOR_CORES
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3},{%4,%5,%6,%7},{%8,%9},{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  __trap();  // the host offers these kernels to no such device
#endif
}

// Four matrices of 8 rows of 16 bytes from shared memory: lane l gives the address of row l % 8 of matrix
// l / 8, and receives word t of row g of matrix i in words[i].
__device__ __forceinline__ void loadMatrices(uint32_t (&words)[4], const void* row) {
#if SIMT_TENSOR_CORES
  const unsigned address = (unsigned)__cvta_generic_to_shared(row);
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3},[%4];"
               : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
               : "r"(address)
               : "memory");
#endif
}

#else

// Not inlined: a kernel has dozens of instructions, and fibers are for tests.
#define PORTABLE inline __attribute__((noinline))

// value(word, i): neighbour i in depth of a word. Sums in ascending depth, where a GPU's order is unknown.
template <int NEIGHBOURS, class Value>
inline void add(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2], Value value) {
  const uint32_t shown[6] = {a[0], a[1], a[2], a[3], b[0], b[1]};
  simt::exchange(shown, 6, [&](const simt::ExchangedLanes& lanes) {
    const int g = simt_lane() / 4, t = simt_lane() % 4;
    for (int i = 0; i < 4; ++i) {
      const int lower = i / 2, column = 2 * t + i % 2;
      for (int half = 0; half < 2; ++half)
        for (int quad = 0; quad < 4; ++quad)
          for (int n = 0; n < NEIGHBOURS; ++n)
            d[i] += value(lanes[4 * g + quad][lower + 2 * half], n) *
                    value(lanes[4 * column + quad][4 + half], n);
    }
  });
}

PORTABLE void addBfloat16(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
  add<2>(d, a, b, [](uint32_t word, int i) { return __uint_as_float(i ? word & 0xffff0000u : word << 16); });
}

// The instruction ignores the 13 bits that TensorFloat-32 lacks.
PORTABLE void addTf32(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
  add<1>(d, a, b, [](uint32_t word, int) { return __uint_as_float(word & ~0x1fffu); });
}

PORTABLE void loadMatrices(uint32_t (&words)[4], const void* row) {
  sharedAccess(row, 16);
  uint32_t shown[4];
  memcpy(shown, row, sizeof shown);
  simt::exchange(shown, 4, [&](const simt::ExchangedLanes& lanes) {
    const int g = simt_lane() / 4, t = simt_lane() % 4;
    for (int i = 0; i < 4; ++i) words[i] = lanes[8 * i + g][t];
  });
}

#undef PORTABLE

#endif

}  // namespace mma
#endif
