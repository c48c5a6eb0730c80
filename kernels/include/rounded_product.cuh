// rounded_product.cuh: the fat image's products in the arithmetic of tensor cores: factors are rounded after
// they are packed, the sums stay in single precision.
//   bf16, tf32:  sum r(a) r(b)
//   3xtf32:      sum s(a) r(b) + r(a) s(b) + r(a) r(b),  s(v) = r(v - r(v)): what is left out, s(a) s(b), is
//                of the order of single precision's own rounding.
// A CPU gains no speed by it: it is how a program that is written for tensor cores is tried without any.
#pragma once
#include "gemm.cuh"
#include "rounding.cuh"

#if SIMT_FAT

namespace rounded {

enum class Part { BFLOAT16, TF32, TF32_REST };

template <class Round>
__device__ __forceinline__ void roundLines(float* tile, int pitch, int lines, int length, Round round) {
  for (int line = 0; line < lines; ++line, tile += pitch) {
    SIMT_LANES
    for (int i = 0; i < length; ++i) tile[i] = round(tile[i]);
  }
}

inline __device__ void roundTile(float* tile, int pitch, int lines, int length, Part part) {
  switch (part) {
    case Part::BFLOAT16:
      return roundLines(tile, pitch, lines, length, [](float v) { return rounding::bfloat16(v); });
    case Part::TF32:
      return roundLines(tile, pitch, lines, length, [](float v) { return rounding::tf32(v); });
    case Part::TF32_REST:
      return roundLines(tile, pitch, lines, length, [](float v) { return rounding::tf32Rest(v); });
  }
}

template <bool BY_ROW, class Operand>
__device__ __forceinline__ void pack(Operand& operand, float* tile, int pitch, int i0, int iCount, int k0,
                                     int kCount, Part part) {
  operand.template pack<BY_ROW>(tile, pitch, i0, iCount, k0, kCount);
  roundTile(tile, pitch, BY_ROW ? iCount : kCount, BY_ROW ? kCount : iCount, part);
}

// One body for all formats: the register tiles are most of a kernel's code.
template <class T, class Left, class Right, class Output>
__attribute__((noinline)) __device__ void multiply(const Region& region, Left& left, Right& right,
                                                   const Output& output, Part part, bool threefold) {
  float *leftTile = productScratch(), *rightTile = leftTile + T::LEFT, *sums = rightTile + T::RIGHT;
  constexpr bool BY_ROW = Left::DEPTH_FASTEST;
  const Part leftParts[3] = {Part::TF32_REST, Part::TF32, Part::TF32},
             rightParts[3] = {Part::TF32, Part::TF32_REST, Part::TF32};
  Accumulator<T> accumulator{sums};
  if (region.depthBegin >= region.depthEnd) simd::clear(sums, T::ROWS * T::COLUMN_PITCH);
  for (int k = region.depthBegin; k < region.depthEnd;) {
    int count = min(T::DEPTH, region.depthEnd - k);
    count = left.step(region.row, region.rows, k, count);
    count = right.step(region.column, region.columns, k, count);
    for (int product = 0; product < (threefold ? 3 : 1); ++product) {
      pack<BY_ROW>(left, leftTile, BY_ROW ? T::DEPTH_PITCH : T::ROW_PITCH, region.row, region.rows, k, count,
                   threefold ? leftParts[product] : part);
      pack<false>(right, rightTile, T::COLUMN_PITCH, region.column, region.columns, k, count,
                  threefold ? rightParts[product] : part);
      accumulator.template add<BY_ROW, Output::SYMMETRIC>(region, leftTile, rightTile, count);
    }
    k += count;
  }
  storeSums<T>(region, sums, output);
}

}  // namespace rounded

struct Bfloat16 {
  static constexpr rounded::Part PART = rounded::Part::BFLOAT16;
  static constexpr bool THREEFOLD = false;
};
struct Tf32 {
  static constexpr rounded::Part PART = rounded::Part::TF32;
  static constexpr bool THREEFOLD = false;
};
struct Tf32x3 {
  static constexpr rounded::Part PART = rounded::Part::TF32;
  static constexpr bool THREEFOLD = true;
};

// As multiply in gemm.cuh, in the arithmetic of a format.
template <class Format, class T, class Left, class Right, class Output>
__device__ __forceinline__ void multiplyRounded(const Region& region, Left& left, Right& right,
                                                const Output& output) {
  rounded::multiply<T>(region, left, right, output, Format::PART, Format::THREEFOLD);
}

#endif
