// rounding.cuh: single precision rounded to the formats of tensor cores, as cvt.rn.bf16.f32 and
// cvt.rna.tf32.f32 do: bfloat16 (7 bits behind the point) to nearest, ties to even; TensorFloat-32 (10 bits)
// to nearest, ties away from zero. Subnormal numbers are numbers like others; what lies beyond the largest
// number becomes infinite; NaN stays NaN.
//
// Source: PTX ISA 8.5, section 9.7.9.21 (cvt).
#pragma once
#include "simt.cuh"

#if SIMT_GPU && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800)
#define SIMT_TENSOR_CORES 1
#else
#define SIMT_TENSOR_CORES 0
#endif

namespace rounding {

constexpr unsigned SIGN = 0x80000000u, INFINITE = 0x7f800000u;

// The upper half of a single-precision number is a bfloat16.
__device__ __forceinline__ unsigned bfloat16Bits(unsigned bits) {
  const unsigned rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
  return (bits & ~SIGN) > INFINITE ? 0x7fffu : rounded;
}

__device__ __forceinline__ unsigned tf32Bits(unsigned bits) {
  const unsigned rounded = (bits + 0x1000u) & ~0x1fffu;
  return (bits & ~SIGN) > INFINITE ? 0x7fffffffu : rounded;
}

__device__ __forceinline__ float bfloat16(float value) {
  return __uint_as_float(bfloat16Bits(__float_as_uint(value)) << 16);
}

// The nearest TensorFloat-32 number, in the instruction's register format: a single-precision number.
__device__ __forceinline__ float tf32(float value) {
#if SIMT_TENSOR_CORES
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(value));
  return __uint_as_float(bits);
#else
  return __uint_as_float(tf32Bits(__float_as_uint(value)));
#endif
}

// What rounding to TensorFloat-32 leaves, rounded likewise: value is nearly tf32(value) + tf32Rest(value).
// Nothing is left of what is not finite.
__device__ __forceinline__ float tf32Rest(float value) {
  const float nearest = tf32(value);
  return (__float_as_uint(nearest) & ~SIGN) < INFINITE ? tf32(value - nearest) : 0.0f;
}

// Two numbers as bfloat16, `low` in the lower half of the word.
__device__ __forceinline__ unsigned bfloat16Pair(float low, float high) {
#if SIMT_TENSOR_CORES
  unsigned pair;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(high), "f"(low));
  return pair;
#else
  return bfloat16Bits(__float_as_uint(low)) | bfloat16Bits(__float_as_uint(high)) << 16;
#endif
}

}  // namespace rounding
