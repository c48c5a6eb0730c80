// divisor.cuh: division by a number that is only known at run time, for 0 <= n < 2^31: one multiplication and
// one shift.
// Source: Granlund, Montgomery, "Division by Invariant Integers using Multiplication", 1994, figure 4.1.
#pragma once
#include "simt.cuh"

struct Divisor {
  unsigned value, multiplier, shift;

  explicit __device__ __forceinline__ Divisor(int divisor) : value(divisor), shift(0) {
    while ((1u << shift) < value) ++shift;
    multiplier = (unsigned)((((1ull << shift) - value) << 32) / value + 1);
  }
  __device__ __forceinline__ int quotient(int n) const {
    return (__umulhi(n, multiplier) + (unsigned)n) >> shift;
  }
};
