// vector.cuh: the vector registers of the CPU, for the loops that must not depend on an auto-vectoriser.
// Only the fat image uses it: on a GPU a lane is a thread.
#pragma once
#include "simt.cuh"

#if SIMT_FAT
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi"  // passing wide vectors: everything here is inlined
#endif

namespace simd {

// WIDTH: floats per register. TILE_ROWS: how many rows of two registers a product sums at once, so that the
// sums, two factors and a broadcast fit the registers (SSE has no fused multiply-add and needs one more).
#if defined(__AVX512F__)
constexpr int WIDTH = 16, TILE_ROWS = 12;
#elif defined(__AVX__)
constexpr int WIDTH = 8, TILE_ROWS = 6;
#elif defined(__aarch64__)
constexpr int WIDTH = 4, TILE_ROWS = 12;
#else
constexpr int WIDTH = 4, TILE_ROWS = 4;
#endif
constexpr int TILE_COLUMNS = 2 * WIDTH;

template <int N>
struct Lanes {
  typedef float Aligned __attribute__((vector_size(4 * N)));
  typedef float Unaligned __attribute__((vector_size(4 * N), aligned(4), may_alias));
  typedef int Bits __attribute__((vector_size(4 * N)));
  typedef int UnalignedBits __attribute__((vector_size(4 * N), aligned(4), may_alias));
};
typedef Lanes<WIDTH>::Aligned Register;

template <int N = WIDTH>
__device__ __forceinline__ typename Lanes<N>::Aligned load(const float* address) {
  return *reinterpret_cast<const typename Lanes<N>::Unaligned*>(address);
}

// Half of a register from each address.
__device__ __forceinline__ Register loadHalves(const float* low, const float* high) {
  constexpr int HALF = WIDTH / 2;
#if defined(__AVX512F__)
  return __builtin_shufflevector(load<HALF>(low), load<HALF>(high), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                 13, 14, 15);
#elif defined(__AVX__)
  return __builtin_shufflevector(load<HALF>(low), load<HALF>(high), 0, 1, 2, 3, 4, 5, 6, 7);
#else
  return __builtin_shufflevector(load<HALF>(low), load<HALF>(high), 0, 1, 2, 3);
#endif
}

template <int N = WIDTH>
__device__ __forceinline__ void store(float* address, typename Lanes<N>::Aligned value) {
  *reinterpret_cast<typename Lanes<N>::Unaligned*>(address) = value;
}

// target[2 i] = even[i], target[2 i + 1] = odd[i].
__device__ __forceinline__ void storePairs(float* target, Register even, Register odd) {
#if defined(__AVX512F__)
  store(target, __builtin_shufflevector(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  store(target + WIDTH,
        __builtin_shufflevector(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
#elif defined(__AVX__)
  store(target, __builtin_shufflevector(even, odd, 0, 8, 1, 9, 2, 10, 3, 11));
  store(target + WIDTH, __builtin_shufflevector(even, odd, 4, 12, 5, 13, 6, 14, 7, 15));
#else
  store(target, __builtin_shufflevector(even, odd, 0, 4, 1, 5));
  store(target + WIDTH, __builtin_shufflevector(even, odd, 2, 6, 3, 7));
#endif
}

// target[i] = source[i]; touches nothing outside [0, count). The last vector may overlap the one before.
__device__ __forceinline__ void copy(float* __restrict__ target, const float* __restrict__ source,
                                     int count) {
  int i = 0;
  for (; i + WIDTH <= count; i += WIDTH) store(target + i, load(source + i));
  if (i == count) return;
  if (count >= WIDTH) {
    store(target + count - WIDTH, load(source + count - WIDTH));
  } else if (count >= 4) {
    for (; i + 4 <= count; i += 4) store<4>(target + i, load<4>(source + i));
    store<4>(target + count - 4, load<4>(source + count - 4));
  } else {
    for (; i < count; ++i) target[i] = source[i];
  }
}

// source[0], source[2], .. source[14]; reads one float more.
__device__ __forceinline__ Lanes<8>::Aligned loadSecond(const float* source) {
  return __builtin_shufflevector(load<8>(source), load<8>(source + 8), 0, 2, 4, 6, 8, 10, 12, 14);
}

// The lanes whose mask is -1, 0 in those whose mask is 0.
__device__ __forceinline__ Lanes<8>::Aligned keep(Lanes<8>::Aligned value, const int* mask) {
  return (Lanes<8>::Aligned)((Lanes<8>::Bits)value & *reinterpret_cast<const Lanes<8>::UnalignedBits*>(mask));
}

// Writes up to WIDTH - 1 floats past the end.
__device__ __forceinline__ void clearRounded(float* target, int count) {
  for (int i = 0; i < count; i += WIDTH) store(target + i, Register{});
}

__device__ __forceinline__ void clear(float* target, int count) {
  for (int i = 0; i < count; ++i) target[i] = 0.0f;
}

// target[c * targetPitch + r] = source[r * sourcePitch + c] for an 8 x 8 square: three rounds of pair
// exchanges, of which only the last crosses the 128-bit halves.
__device__ __forceinline__ void transposeSquare(float* target, int targetPitch, const float* source,
                                                long long sourcePitch) {
  typedef Lanes<8>::Aligned Row;
  Row a[8], b[8];
  SIMT_UNROLL
  for (int r = 0; r < 8; ++r) a[r] = load<8>(source + r * sourcePitch);
  SIMT_UNROLL
  for (int r = 0; r < 8; r += 2) {
    b[r] = __builtin_shufflevector(a[r], a[r + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    b[r + 1] = __builtin_shufflevector(a[r], a[r + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  SIMT_UNROLL
  for (int r = 0; r < 8; r += 4) SIMT_UNROLL
  for (int h = 0; h < 2; ++h) {
    a[r + 2 * h] = __builtin_shufflevector(b[r + h], b[r + h + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[r + 2 * h + 1] = __builtin_shufflevector(b[r + h], b[r + h + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  SIMT_UNROLL
  for (int r = 0; r < 4; ++r) {
    store<8>(target + r * targetPitch, __builtin_shufflevector(a[r], a[r + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    store<8>(target + (r + 4) * targetPitch,
             __builtin_shufflevector(a[r], a[r + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

// target[c * targetPitch + r] = source[r * sourcePitch + c] for r < rows, c < columns.
__device__ __forceinline__ void transpose(float* target, int targetPitch, const float* source,
                                          long long sourcePitch, int rows, int columns) {
  int r = 0;
  for (; r + 8 <= rows; r += 8) {
    int c = 0;
    for (; c + 8 <= columns; c += 8)
      transposeSquare(target + c * targetPitch + r, targetPitch, source + r * sourcePitch + c, sourcePitch);
    for (; c < columns; ++c)
      for (int i = r; i < r + 8; ++i) target[c * targetPitch + i] = source[i * sourcePitch + c];
  }
  for (; r < rows; ++r)
    for (int c = 0; c < columns; ++c) target[c * targetPitch + r] = source[r * sourcePitch + c];
}

}  // namespace simd
#endif
